import { expect, test } from 'vitest';
import { confusionMetrics } from '../../../pipelines/core/statistics/metrics/confusion-metrics.ts';
import { outcomeMetrics } from '../../../pipelines/core/statistics/metrics/outcome-metrics.ts';

const TABLE = [
  [30, 4, 6],
  [5, 22, 3],
  [7, 1, 12],
];
const WORTH = [
  [3, -1, -2],
  [-1, 4, 0],
  [-2, 0, 5],
];
const STEP = 1e-5;

test.each([undefined, 1])('what one more row in a cell does is the derivative of the figure (positive class: %s)', (positive) => {
  const options = { worth: WORTH, ...(positive === undefined ? {} : { positive }) };
  const figures = confusionMetrics(TABLE, options);

  for (const [index, { metric, value, influence }] of figures.entries()) {
    for (const [i, cells] of influence.entries()) {
      for (const [j, slope] of cells.entries()) {
        const moved = TABLE.map((row, at) => row.map((count, of) => count + (at === i && of === j ? STEP : 0)));
        const change = ((confusionMetrics(moved, options)[index]?.value ?? Number.NaN) - (value ?? Number.NaN)) / STEP;
        expect(slope, `${metric} at ${i}, ${j}`).toBeCloseTo(change, 6);
      }
    }
  }

  expect(figures).toHaveLength(8);
});

test('figures without rows below their line are null and say why; nothing is NaN', () => {
  const lacking = (table: number[][], positive?: number) =>
    Object.fromEntries(
      confusionMetrics(table, positive === undefined ? {} : { positive }).flatMap(({ metric, value, why }) =>
        value === null ? [[metric, why]] : [],
      ),
    );

  expect(
    new Set(
      Object.values(
        lacking([
          [0, 0],
          [0, 0],
        ]),
      ),
    ),
  ).toEqual(new Set(['There is no row.']));
  expect(
    lacking(
      [
        [5, 0],
        [3, 0],
      ],
      1,
    ),
  ).toEqual({ precision: 'No row was called positive.', matthews: 'All rows were called alike.' });
  expect(
    lacking([
      [5, 2],
      [0, 0],
    ]),
  ).toMatchObject({ recall: 'No row is of class 1.', matthews: 'All rows are of one class.' });
  expect(() => confusionMetrics([[1, 2]])).toThrow(RangeError);
});

test('a model that is never right about positives has F1 0, which is a figure', () => {
  const found = outcomeMetrics({ truePositive: 0, falsePositive: 3, falseNegative: 4, trueNegative: 9 });

  expect(found.find(({ metric }) => metric === 'f1')).toMatchObject({ value: 0, why: null });
});
