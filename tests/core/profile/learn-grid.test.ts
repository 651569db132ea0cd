import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ColumnQuantiles, gridFromQuantiles, SCORE_GRID } from '../../../pipelines/core/profile/learn-grid.ts';
import { gridCell } from '../../../pipelines/core/profile/numeric-profile.ts';
import { Grid } from '../../../pipelines/core/schema/window-profile.ts';

const CONTINUOUS: ColumnQuantiles = { q001: -2, q999: 6, minimum: -40, maximum: 80, median: 1, integerValued: false };

test('cuts scores on [0, 1]', () => {
  expect(SCORE_GRID).toEqual({ id: '5b7b1e0fa6d56503', transform: 'identity', lower: 0, width: 1 / 256, cells: 256 });
  expect([0, 0.5, 0.999].map((score) => gridCell(score, SCORE_GRID))).toEqual([0, 128, 255]);
});

test('widens the range by a quarter, half on each side', () => {
  const grid = gridFromQuantiles(CONTINUOUS);

  expect(grid).toMatchObject({ transform: 'identity', lower: -3, width: 10 / 256 });
});

test('puts whole numbers on the centres of cells', () => {
  const grid = gridFromQuantiles({ q001: 0, q999: 23, minimum: 0, maximum: 23, median: 12, integerValued: true });

  expect(grid).toMatchObject({ transform: 'identity', lower: -3.5, width: 1 });
});

test('gives whole numbers of a wide span cells of whole width', () => {
  const grid = gridFromQuantiles({ q001: 60, q999: 2700, minimum: 21, maximum: 4962, median: 570, integerValued: true });

  expect(grid.width).toBe(13);
  expect(grid.lower % 1).toBe(-0.5);
});

test('cuts heavy-tailed positive columns on their logarithm', () => {
  const tail: ColumnQuantiles = { q001: 1, q999: 5000, minimum: 0.2, maximum: 90_000, median: 55, integerValued: false };

  const grid = gridFromQuantiles(tail);

  expect(grid.transform).toBe('log');
  expect(gridCell(55, grid)).not.toBe(gridCell(60, grid));
  expect(gridFromQuantiles({ ...tail, minimum: 0 }).transform).toBe('identity');
});

test.each([
  ['a constant', { q001: 7, q999: 7, minimum: 7, maximum: 7, median: 7, integerValued: false }],
  ['zero only', { q001: 0, q999: 0, minimum: 0, maximum: 0, median: 0, integerValued: true }],
  ['a rare outlier', { q001: 3.5, q999: 3.5, minimum: 3.5, maximum: 9, median: 3.5, integerValued: false }],
])('finds a grid for %s', (_, quantiles) => {
  const grid = gridFromQuantiles(quantiles);

  expect(Grid.parse(grid)).toEqual(grid);
  expect(gridCell(quantiles.median, grid)).toBeGreaterThanOrEqual(0);
  expect(gridCell(quantiles.median, grid)).toBeLessThan(256);
});

test('gives a column without values the grid of scores', () => {
  expect(gridFromQuantiles(null)).toEqual(SCORE_GRID);
});

test('always holds its range in 256 cells, and names equal grids equally', () => {
  const quantiles = fc
    .tuple(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true }), fc.boolean())
    .map(([q001, span, integerValued]): ColumnQuantiles => {
      const low = integerValued ? Math.round(q001) : q001;
      const high = low + (integerValued ? Math.round(span) : span);
      return { q001: low, q999: high, minimum: low, maximum: high, median: low + (high - low) / 3, integerValued };
    });

  fc.assert(
    fc.property(quantiles, (column) => {
      const grid = gridFromQuantiles(column);
      for (const value of [column.q001, column.q999, column.median]) {
        expect(gridCell(value, grid)).toBeGreaterThanOrEqual(0);
        expect(gridCell(value, grid)).toBeLessThan(256);
      }
      expect(gridFromQuantiles({ ...column }).id).toBe(grid.id);
    }),
    { seed: 1 },
  );
});
