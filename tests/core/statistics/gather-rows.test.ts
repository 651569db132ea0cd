import { expect, test } from 'vitest';
import { gatherRows } from '../../../pipelines/core/statistics/text/gather-rows.ts';
import { packSparseRows, weighRow } from '../../../pipelines/core/statistics/text/sparse-rows.ts';

const WHOLE = packSparseRows(
  [
    { indices: [1, 7], values: [2, 3] },
    { indices: [0, 4], values: [5, 6] },
    { indices: [], values: [] },
    { indices: [4, 7], values: [7, 8] },
  ],
  9,
);

test('keeps the given rows in their order, without the columns that they leave empty', () => {
  const { design, columns } = gatherRows(WHOLE, [3, 2, 0]);

  expect(columns).toEqual(Uint32Array.of(1, 4, 7));
  expect(design).toEqual({
    rows: 3,
    columns: 3,
    starts: Uint32Array.of(0, 2, 2, 4),
    indices: Uint32Array.of(1, 2, 0, 2),
    values: Float64Array.of(7, 8, 2, 3),
  });
});

test('a gathered row weighs the same to the last bit', () => {
  const weights = Float64Array.from({ length: 9 }, (_, column) => Math.sin(column + 1));

  const { design, columns } = gatherRows(WHOLE, [3, 1]);

  expect(
    weighRow(
      design,
      0,
      weights.slice().filter((_, column) => columns.includes(column)),
    ),
  ).toBe(weighRow(WHOLE, 3, weights));
});

test('entries that are all 1 stay without values; no rows leave no columns', () => {
  const ones = { ...WHOLE, values: null };

  expect(gatherRows(ones, [1]).design).toEqual({
    rows: 1,
    columns: 2,
    starts: Uint32Array.of(0, 2),
    indices: Uint32Array.of(0, 1),
    values: null,
  });
  expect(gatherRows(ones, []).columns).toHaveLength(0);
});
