import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { energyDistance } from '../../../pipelines/core/statistics/distances/energy-distance.ts';
import { kullbackLeibler } from '../../../pipelines/core/statistics/distances/kullback-leibler.ts';
import { scaledWasserstein } from '../../../pipelines/core/statistics/distances/scaled-wasserstein.ts';
import { summaryStatistics } from '../../../pipelines/core/statistics/distances/summary-statistics.ts';
import { type Adjustment, adjustPValues } from '../../../pipelines/core/statistics/hypotheses/adjust-p-values.ts';
import { andersonDarling } from '../../../pipelines/core/statistics/hypotheses/anderson-darling.ts';
import { cramerVonMises } from '../../../pipelines/core/statistics/hypotheses/cramer-von-mises.ts';
import { logRatioTest } from '../../../pipelines/core/statistics/hypotheses/log-ratio-test.ts';
import { mannWhitney } from '../../../pipelines/core/statistics/hypotheses/mann-whitney.ts';
import { welchTest } from '../../../pipelines/core/statistics/hypotheses/welch-test.ts';
import { williamsGTest } from '../../../pipelines/core/statistics/hypotheses/williams-g-test.ts';

const sample = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 60 }).filter((values) => new Set(values).size > 1);
const points = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));
const rankTests = [
  ['Mann-Whitney', (a: number[], b: number[]) => mannWhitney(a, b).pValue],
  ['Cramér-von Mises', (a: number[], b: number[]) => cramerVonMises(a, b).pValue],
  ['Anderson-Darling', (a: number[], b: number[]) => andersonDarling(a, b).pValue],
] as const;

describe.each(rankTests)('%s', (_, pValue) => {
  test('is a probability, symmetric, free of units and of the order of rows', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const p = pValue(a, b);
        const scaled = pValue(
          a.map((x) => 3 + 1.5 * x),
          b.map((x) => 3 + 1.5 * x),
        );
        const swapped = pValue(b, a.toReversed());
        return p >= 0 && p <= 1 && Math.abs(p - scaled) < 1e-9 && Math.abs(p - swapped) < 1e-9;
      }),
    );
  });

  test('refuses an empty sample', () => {
    expect(() => pValue([], [1])).toThrow(RangeError);
    expect(() => pValue([Number.NaN], [1])).toThrow(RangeError);
  });
});

describe('Cramér-von Mises with ties', () => {
  const times = (counts: readonly number[]) => counts.flatMap((count, value) => Array.from({ length: count }, () => value));

  // Shares of 200,000 shuffles (NumPy 2) whose Σ (F − G)² is at least as large; SciPy's formula of ranks says 0.0053 of the first.
  test.each([
    [[20, 12, 8], [6, 12, 12], 0.8081632653061226, 0.01047, 0.001],
    // Of two values it is the test of two proportions, which is coarse in forty rows.
    [[30, 10], [15, 25], 1.58203125, 0.00152, 0.001],
  ])('counts %j and %j: the p value of shuffling', (first, second, statistic, shuffled, off) => {
    const test = cramerVonMises(times(first), times(second));

    expect(test.statistic).toBeCloseTo(statistic, 12);
    expect(Math.abs(test.pValue - shuffled)).toBeLessThan(off);
  });

  test.each([
    [500, 300],
    [20_000, 60],
  ])('%i and %i rows of one value do not differ', (first, second) => {
    expect(cramerVonMises(times([first]), times([second]))).toEqual({ statistic: 0, pValue: 1 });
  });
});

test.each(rankTests.slice(0, 2))('%s of one row a side ends, and says nothing', (_, pValue) => {
  expect(pValue([1], [2])).toBe(1);
});

test('Anderson-Darling refuses three rows, of which SciPy says NaN', () => {
  expect(() => andersonDarling([1, 2], [3])).toThrow(/four|4 rows/);
  // SciPy 1.17.1: anderson_ksamp([[1, 2, 3], [4]])
  expect(andersonDarling([1, 2, 3], [4]).pValue).toBeCloseTo(0.08902970028514424, 10);
});

test('Anderson-Darling keeps to the end of its table where the statistic lies far beyond it, as SciPy does', () => {
  const apart = andersonDarling(
    Array.from({ length: 400 }, (_, row) => row),
    Array.from({ length: 400 }, (_, row) => row + 300),
  );

  // scipy.stats.anderson_ksamp of SciPy 1.17.1 gives these, with the warning that p is floored.
  expect(apart.statistic).toBeCloseTo(350.4667332758583, 6);
  expect(apart.pValue).toBe(0.001);
});

describe('distances of numbers', () => {
  test('are symmetric where they should be, and 0 between a sample and itself', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [there, back] = [scaledWasserstein(points(a), points(b)), scaledWasserstein(points(b), points(a))];
        const alike = Math.abs(there.distance - back.distance) < 1e-9 && Math.abs(energyDistance(a, b) - energyDistance(b, a)) < 1e-9;
        return alike && energyDistance(a, a) < 1e-6 && (scaledWasserstein(points(a), points(a)).winsorised ?? 0) < 1e-12;
      }),
    );
  });

  test('without quartiles there is no robust figure; the share outside is of the current rows', () => {
    const scaled = scaledWasserstein(points([1, 1, 1, 1, 5]), points([1, 9, 9, 9]));

    expect(scaled).toMatchObject({ byQuartiles: null, winsorised: null, outside: 0.75 });
  });

  test('the divergence is infinite where a class has emptied, and never below 0', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 4, maxLength: 4 });
    fc.assert(fc.property(counts, counts, (a, b) => kullbackLeibler(a, b) >= -1e-12));
    expect(kullbackLeibler([1, 1], [1, 0])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('adjusted p values', () => {
  const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 25 });
  const methods: readonly Adjustment[] = ['bonferroni', 'sidak', 'holm', 'hochberg', 'benjaminiHochberg', 'benjaminiYekutieli'];

  test.each(methods)('%s: never lower, at most 1, never above Bonferroni by more than its own factor', (method) => {
    fc.assert(
      fc.property(family, (p) => {
        const factor = method === 'benjaminiYekutieli' ? p.reduce((sum, _, index) => sum + 1 / (index + 1), 0) : 1;
        const most = adjustPValues(p, 'bonferroni').map((value) => Math.min(1, value * factor));
        return adjustPValues(p, method).every((value, index) => value >= (p[index] ?? 0) - 1e-12 && value <= (most[index] ?? 1) + 1e-12);
      }),
    );
  });

  test('each is at most the more careful one: Benjamini-Hochberg, Hochberg, Holm, Bonferroni', () => {
    fc.assert(
      fc.property(family, (p) => {
        const chain = (['benjaminiHochberg', 'hochberg', 'holm', 'bonferroni'] as const).map((method) => adjustPValues(p, method));
        return p.every((_, index) =>
          chain.every((values, at) => at === 0 || (chain[at - 1]?.[index] ?? 0) <= (values[index] ?? 1) + 1e-12),
        );
      }),
    );
  });
});

describe('tests and figures', () => {
  test('a ratio of durations is the t test of their logarithms, in any unit', () => {
    const [before, after] = [
      [12, 15, 11, 19, 240, 13],
      [18, 22, 16, 30, 25, 300, 21],
    ];

    const found = logRatioTest(points(before), points(after));
    const inSeconds = logRatioTest(points(before.map((ms) => ms / 1000)), points(after.map((ms) => ms / 1000)));
    const ofLogarithms = welchTest(before.map(Math.log), after.map(Math.log));

    expect(found?.pValue).toBeCloseTo(ofLogarithms?.pValue ?? Number.NaN, 12);
    expect(found?.ratio).toBeCloseTo(Math.exp(ofLogarithms?.difference ?? Number.NaN), 12);
    expect(inSeconds?.interval.lower).toBeCloseTo(found?.interval.lower ?? Number.NaN, 10);
    expect(logRatioTest(points([1]), points([1, 2]))).toBeNull();
    expect(() => logRatioTest(points([0, 1]), points([1, 2]))).toThrow(RangeError);
  });

  test("Williams' correction only ever shrinks the statistic, by the published factor", () => {
    const [first, second] = [
      [30, 12, 8],
      [14, 9, 17],
    ] as const;
    // q of a 2 × 3 table, from the margins by hand: n 90, rows 50 and 40, columns 44, 21, 25.
    const q = 1 + ((90 / 50 + 90 / 40 - 1) * (90 / 44 + 90 / 21 + 90 / 25 - 1)) / (6 * 90 * 2);
    const g = 2 * [30, 12, 8].reduce((sum, o, k) => sum + o * Math.log(o / ((50 * ((first[k] ?? 0) + (second[k] ?? 0))) / 90)), 0);
    const h = 2 * [14, 9, 17].reduce((sum, o, k) => sum + o * Math.log(o / ((40 * ((first[k] ?? 0) + (second[k] ?? 0))) / 90)), 0);

    expect(williamsGTest([...first], [...second]).statistic).toBeCloseTo((g + h) / q, 10);
    expect(williamsGTest([5, 0], [7, 0]).pValue).toBe(1);
  });

  test('figures that have no meaning are null and not a number from nowhere', () => {
    expect(summaryStatistics([4])).toMatchObject({
      mean: { value: 4, standardError: null },
      standardDeviation: { value: 0, standardError: null },
    });
    expect(() => summaryStatistics([])).toThrow(RangeError);
  });
});
