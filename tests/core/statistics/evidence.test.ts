import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { benjaminiHochberg } from '../../../pipelines/core/statistics/hypotheses/benjamini-hochberg.ts';
import { chiSquareTest } from '../../../pipelines/core/statistics/hypotheses/chi-square-test.ts';
import { fisherExact } from '../../../pipelines/core/statistics/hypotheses/fisher-exact.ts';
import { mergeSmallClasses } from '../../../pipelines/core/statistics/hypotheses/merge-small-classes.ts';
import { monteCarloContingency } from '../../../pipelines/core/statistics/hypotheses/monte-carlo-contingency.ts';
import { twoProportions } from '../../../pipelines/core/statistics/hypotheses/two-proportions.ts';
import { welchTest } from '../../../pipelines/core/statistics/hypotheses/welch-test.ts';
import { normalInterval } from '../../../pipelines/core/statistics/intervals/normal-interval.ts';
import { wilsonInterval } from '../../../pipelines/core/statistics/intervals/wilson-interval.ts';

const table = fc.tuple(
  fc.array(fc.nat({ max: 60 }), { minLength: 6, maxLength: 6 }),
  fc.array(fc.nat({ max: 60 }), { minLength: 6, maxLength: 6 }),
);

function generator(seed: number): () => number {
  const random = seededRandom(seed);
  return () => random.uint32() / 2 ** 32;
}

describe('mergeSmallClasses', () => {
  test('keeps every row and leaves no class below the expected count, unless only two are left', () => {
    fc.assert(
      fc.property(
        table.filter(([a, b]) => a.some((n) => n > 0) && b.some((n) => n > 0)),
        ([reference, current]) => {
          const merged = mergeSmallClasses({ reference, current });
          const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
          const share = Math.min(sum(reference), sum(current)) / (sum(reference) + sum(current));
          const enough = merged.reference.every((count, index) => (count + (merged.current[index] ?? 0)) * share >= 5 - 1e-9);
          return sum(merged.reference) === sum(reference) && sum(merged.current) === sum(current) && (enough || merged.groups.length <= 2);
        },
      ),
    );
  });

  test('keeps two classes apart, however rare one is', () => {
    expect(mergeSmallClasses({ reference: [1000, 0], current: [500, 1] }).groups).toEqual([[0], [1]]);
  });

  test('names the classes that it merged', () => {
    const merged = mergeSmallClasses({ reference: [1000, 3, 900, 2], current: [100, 0, 90, 8] });

    expect(merged.groups).toEqual([[0], [1, 2, 3]]);
    expect(merged.current).toEqual([100, 98]);
  });
});

describe('monteCarloContingency', () => {
  test('agrees with the chi-square p value where that is sound', () => {
    const counts = { reference: [40, 30, 30], current: [25, 35, 40] };

    const p = monteCarloContingency(counts, { replicates: 4000, random: generator(7) });

    expect(Math.abs(p - chiSquareTest(counts.reference, counts.current).pValue)).toBeLessThan(0.025);
  });

  test('is repeatable and never 0', () => {
    const counts = { reference: [30, 0], current: [0, 30] };

    const [first, second] = [1, 1].map((seed) => monteCarloContingency(counts, { replicates: 99, random: generator(seed) }));

    expect(first).toBe(second);
    expect(first).toBe(1 / 100);
  });
});

describe('fisherExact', () => {
  test('is a probability and does not depend on which sample comes first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 4, maxLength: 4 }), ([a = 0, b = 0, c = 0, d = 0]) => {
        const [p, swapped] = [fisherExact({ first: [a, b], second: [c, d] }), fisherExact({ first: [c, d], second: [a, b] })];
        return p > 0 && p <= 1 && Math.abs(p - swapped) < 1e-9;
      }),
    );
  });
});

describe('benjaminiHochberg', () => {
  test('never lowers a p value and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
        const adjusted = benjaminiHochberg(p);
        const raised = adjusted.every((value, index) => value >= (p[index] ?? 0) - 1e-15 && value <= 1);
        const ordered = p.every((a, i) => p.every((b, j) => a > b || (adjusted[i] ?? 0) <= (adjusted[j] ?? 0) + 1e-15));
        return raised && ordered;
      }),
    );
  });
});

describe('intervals', () => {
  test('Wilson holds its estimate and stays in [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.integer({ min: 1, max: 500 }), (k, n) => {
        const successes = Math.min(k, n);
        const { lower, upper } = wilsonInterval(successes, n);
        return lower >= 0 && lower <= successes / n && upper >= successes / n && upper <= 1;
      }),
    );
    expect(() => wilsonInterval(0, 0)).toThrow(RangeError);
  });

  test('a difference of proportions lies in its interval, which excludes 0 when p is tiny', () => {
    const { difference, interval, pValue } = twoProportions({ successes: 10, trials: 1000 }, { successes: 90, trials: 1000 });

    expect(interval.lower).toBeLessThan(difference);
    expect(interval.upper).toBeGreaterThan(difference);
    expect(interval.lower).toBeGreaterThan(0);
    expect(pValue).toBeLessThan(1e-12);
  });

  test('a normal interval is cut at the limits of its quantity', () => {
    const interval = normalInterval({ value: 0.99, standardError: 0.1, minimum: 0, maximum: 1 });

    expect(interval.upper).toBe(1);
    expect(interval.lower).toBeCloseTo(0.794, 3);
  });

  test('Welch: the published two-sample example and no figure without spread', () => {
    const a = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
    const b = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.4];

    const result = welchTest(a, b);

    // https://rosettacode.org/wiki/Welch%27s_t-test, first pair.
    expect(result?.pValue).toBeCloseTo(0.00404, 2);
    expect(welchTest([1, 1], [1, 1])).toBeNull();
    expect(welchTest([1], [1, 2])).toBeNull();
  });
});
