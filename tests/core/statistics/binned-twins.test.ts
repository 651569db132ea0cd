import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binnedKolmogorovSmirnov } from '../../../pipelines/core/statistics/distances/binned-kolmogorov-smirnov.ts';
import { wasserstein } from '../../../pipelines/core/statistics/distances/wasserstein.ts';
import { kolmogorovSmirnov } from '../../../pipelines/core/statistics/hypotheses/kolmogorov-smirnov.ts';
import { deLong } from '../../../pipelines/core/statistics/metrics/delong.ts';

const CELLS = 16;
const sample = fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), { minLength: 1, maxLength: 120 });

function cellsOf(values: readonly number[]): number[] {
  const counts = new Array<number>(CELLS).fill(0);
  for (const value of values) counts[Math.floor(value * CELLS)] = (counts[Math.floor(value * CELLS)] ?? 0) + 1;
  return counts;
}

function points(values: readonly number[]) {
  return values.map((value) => ({ value, weight: 1 }));
}

/** Each cell as one value, its mean, standing for its rows. */
function cellMeans(values: readonly number[]) {
  const cells = Array.from({ length: CELLS }, (_, cell) => values.filter((value) => Math.floor(value * CELLS) === cell));
  return cells
    .filter((cell) => cell.length > 0)
    .map((cell) => ({ value: cell.reduce((a, b) => a + b, 0) / cell.length, weight: cell.length }));
}

describe('binned twins of exact measures', () => {
  test('Kolmogorov-Smirnov: below the exact one by at most the largest share of a cell', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const exact = kolmogorovSmirnov(a, b, 'asymptotic').statistic;
        const binned = binnedKolmogorovSmirnov(cellsOf(a), cellsOf(b));
        const bound = Math.max(...cellsOf(a).map((n) => n / a.length), ...cellsOf(b).map((n) => n / b.length));
        return binned <= exact + 1e-12 && exact - binned <= bound + 1e-12;
      }),
    );
  });

  test('Wasserstein: within one cell width', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const gap = Math.abs(wasserstein(points(a), points(b)) - wasserstein(cellMeans(a), cellMeans(b)));
        return gap <= 1 / CELLS + 1e-12;
      }),
    );
  });

  test('area under the ROC curve: off by at most half the share of pairs that fall into one cell', () => {
    fc.assert(
      fc.property(sample, sample, (negatives, positives) => {
        const levels = [...new Set([...negatives, ...positives])].sort((a, b) => a - b);
        const count = (values: readonly number[]) => levels.map((level) => values.filter((value) => value === level).length);
        const exact = deLong({ negatives: count(negatives), positives: count(positives) })?.area ?? Number.NaN;
        const [n, p] = [cellsOf(negatives), cellsOf(positives)];
        const binned = deLong({ negatives: n, positives: p })?.area ?? Number.NaN;
        const shared = n.reduce((sum, rows, cell) => sum + rows * (p[cell] ?? 0), 0) / (negatives.length * positives.length);
        return Math.abs(exact - binned) <= shared / 2 + 1e-12;
      }),
    );
  });

  test('exact measures do not depend on the order of rows', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const one = kolmogorovSmirnov(a, b);
        const two = kolmogorovSmirnov(a.toReversed(), b.toReversed());
        return one.statistic === two.statistic && one.pValue === two.pValue;
      }),
    );
    expect(() => kolmogorovSmirnov([], [1])).toThrow(RangeError);
    expect(() => kolmogorovSmirnov([Number.NaN], [1])).toThrow(RangeError);
    expect(() => wasserstein([], points([1]))).toThrow(RangeError);
  });
});
