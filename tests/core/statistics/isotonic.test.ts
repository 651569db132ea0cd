import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isotonicAt, isotonicFit } from '../../../pipelines/core/statistics/estimation/isotonic.ts';
import { rankingMetrics } from '../../../pipelines/core/statistics/metrics/ranking-metrics.ts';

const rows = fc.array(
  fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 6 }), weight: fc.integer({ min: 1, max: 4 }) }),
  {
    minLength: 1,
    maxLength: 30,
  },
);
type Row = { readonly x: number; readonly y: number; readonly weight: number };

const columns = (of: readonly Row[]) => ({ x: of.map(({ x }) => x), y: of.map(({ y }) => y), weight: of.map(({ weight }) => weight) });

/** The max-min formula of isotonic regression (Robertson, Wright and Dykstra 1988): written down, not computed by pooling. */
function byMaxMin(of: readonly Row[], at: number): number {
  const levels = [...new Set(of.map(({ x }) => x))].sort((a, b) => a - b);
  const mean = (from: number, to: number) => {
    const inside = of.filter(({ x }) => x >= from && x <= to);
    return inside.reduce((sum, { y, weight }) => sum + y * weight, 0) / inside.reduce((sum, { weight }) => sum + weight, 0);
  };
  const below = levels.filter((level) => level <= at);
  const above = levels.filter((level) => level >= at);
  return Math.max(...below.map((from) => Math.min(...above.map((to) => mean(from, to)))));
}

describe('isotonic regression', () => {
  test('is the max-min formula at every x', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const fit = isotonicFit(columns(all));
        return all.every(({ x }) => Math.abs(isotonicAt(fit, x) - byMaxMin(all, x)) < 1e-9);
      }),
    );
  });

  test('never falls, does not depend on the order of rows, and a weight is a repetition', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const fit = isotonicFit(columns(all));
        const repeated = all.toReversed().flatMap((row) => Array.from({ length: row.weight }, () => ({ ...row, weight: 1 })));
        const other = isotonicFit(columns(repeated));
        const rises = fit.y.every((value, index) => value >= (fit.y[index - 1] ?? Number.NEGATIVE_INFINITY));
        return rises && all.every(({ x }) => Math.abs(isotonicAt(fit, x + 0.3) - isotonicAt(other, x + 0.3)) < 1e-9);
      }),
    );
  });

  test('leaves out rows of weight 0 and refuses to fit nothing', () => {
    expect(isotonicFit({ x: [1, 2], y: [5, 9], weight: [1, 0] })).toEqual({ x: [1], y: [5] });
    expect(() => isotonicFit({ x: [], y: [] })).toThrow(RangeError);
    expect(() => isotonicFit({ x: [1], y: [Number.NaN] })).toThrow(RangeError);
    expect(isotonicAt({ x: [1], y: [5] }, Number.NaN)).toBeNaN();
  });
});

describe('average precision', () => {
  const averagePrecision = (scores: readonly number[], labels: readonly number[]) =>
    rankingMetrics({
      scores: Float64Array.from(scores),
      rows: Float64Array.from(scores, () => 1),
      positive: Float64Array.from(labels),
      called: new Uint8Array(scores.length),
    })[1].value;

  test('does not depend on the order of rows with equal scores', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const [scores, labels] = [all.map(({ x }) => x), all.map(({ y }) => (y > 3 ? 1 : 0))];
        const one = averagePrecision(scores, labels);
        const two = averagePrecision(scores.toReversed(), labels.toReversed());
        return one === null ? two === null : Math.abs(one - (two ?? 0)) < 1e-12;
      }),
    );
  });

  test('of one level of scores is the share of positives; without a positive there is none', () => {
    expect(averagePrecision([1, 1, 1, 1], [1, 0, 0, 0])).toBe(0.25);
    expect(averagePrecision([1, 2], [0, 0])).toBeNull();
  });
});
