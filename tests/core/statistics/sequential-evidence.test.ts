import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binnedRankTest } from '../../../pipelines/core/statistics/distances/binned-rank-test.ts';
import { williamsGTest } from '../../../pipelines/core/statistics/hypotheses/williams-g-test.ts';
import { accumulateEvidence, type Evidence } from '../../../pipelines/core/statistics/sequential/accumulate-evidence.ts';
import { averageEValue } from '../../../pipelines/core/statistics/sequential/average-e-value.ts';
import { driftEvidence } from '../../../pipelines/core/statistics/sequential/drift-evidence.ts';
import { stepCusum, stepShiryaevRoberts } from '../../../pipelines/core/statistics/sequential/e-detector.ts';
import { eValue } from '../../../pipelines/core/statistics/sequential/e-value.ts';

function expectWithin(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected) / Math.abs(expected), `${actual} against ${expected}`).toBeLessThanOrEqual(relative);
}

describe('the e-value of a p value', () => {
  // mpmath 1.3.0 with 60 digits: (1 - p + p*log(p)) / (p*log(p)**2).
  test.each([
    [0.999999999, 0.5000000001666667],
    [0.99, 0.501679273168364],
    [0.98019, 0.503351556489025],
    [0.9803, 0.5033326659737429],
    [0.5, 0.6386739401166444],
    [0.05, 1.783322181482338],
    [0.001, 20.79113354098806],
    [1e-10, 18861169.6558458],
    [1e-13, 11160455444.4397],
  ])('of %d, to 12 digits', (p, expected) => {
    expectWithin(eValue(p), expected, 1e-12);
  });

  test('is finite and decreasing over all p values, from 1e12 to one half', () => {
    const ps = [0, 5e-324, 1e-300, 1e-20, 1e-12, 1e-6, 0.001, 0.1, 0.5, 0.98019, 0.9802, 0.99, 1 - 1e-15, 1];

    const values = ps.map(eValue);

    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values[0]).toBe(1e12);
    expect(values.at(-1)).toBe(0.5);
  });

  test('has mean 1 over uniform p values: integral by tanh-sinh above 1e-12, (1 - p) / -ln p below', () => {
    const below = 1e-12;
    let integral = (1 - below) / -Math.log(below);
    const step = 1 / 256;
    for (let t = -6; t <= 6; t += step) {
      const share = 0.5 * (1 + Math.tanh((Math.PI / 2) * Math.sinh(t)));
      const density = (Math.PI / 4) * (Math.cosh(t) / Math.cosh((Math.PI / 2) * Math.sinh(t)) ** 2);
      // In the logarithm of p, where the integrand is smooth.
      const p = Math.exp(Math.log(below) * (1 - share));
      integral += step * density * -Math.log(below) * p * eValue(p);
    }

    expectWithin(integral, 1, 1e-9);
  });

  test('refuses what is no probability', () => {
    expect(() => eValue(Number.NaN)).toThrow(RangeError);
    expect(() => eValue(1.01)).toThrow(RangeError);
    expect(() => averageEValue([])).toThrow(RangeError);
  });
});

describe('detectors', () => {
  const eStream = fc.array(fc.double({ min: 0.3, max: 50, noNaN: true }), { minLength: 1, maxLength: 40 });

  test('Shiryaev-Roberts is the sum over starts of products, the cumulative sum their maximum', () => {
    fc.assert(
      fc.property(eStream, (e) => {
        const products = e.map((_, start) => e.slice(start).reduce((product, value) => product * value, 1));

        const roberts = e.reduce(stepShiryaevRoberts, 0);
        const cusum = e.reduce(stepCusum, 0);

        expectWithin(
          roberts,
          products.reduce((sum, value) => sum + value, 0),
          1e-9,
        );
        expectWithin(cusum, Math.max(...products), 1e-9);
        expect(cusum).toBeLessThanOrEqual(roberts * (1 + 1e-12));
      }),
    );
  });

  test('expected alarms in T runs are at most T / budget: exactly, by summing over all outcomes of a two-valued e-value', () => {
    // e is 4 with probability 1/6 and 0.4 otherwise: mean 1. All 2^14 paths, with a fresh start after each alarm.
    const runs = 14;
    const budget = 10;
    const walk = (run: number, evidence: Evidence, probability: number): number => {
      if (run === runs) return 0;
      const outcomes = [
        [4, 1 / 6],
        [0.4, 5 / 6],
      ] as const;
      return outcomes.reduce((alarms, [value, chance]) => {
        const { alarm, next } = accumulateEvidence(evidence, { only: value }, budget);
        const here = probability * chance;
        return alarms + (alarm ? here : 0) + walk(run + 1, alarm ? {} : next, here);
      }, 0);
    };

    const alarms = walk(0, {}, 1);

    expect(alarms).toBeLessThanOrEqual(runs / budget);
    expect(alarms).toBeGreaterThan(0.3);
  });
});

describe('evidence of a model', () => {
  test('is the mean of one detector a signal', () => {
    const one = accumulateEvidence({}, { a: 2, b: 0.5 }, 90);
    const two = accumulateEvidence(one.next, { a: 2, b: 0.5 }, 90);

    expect(one).toEqual({ total: 1.25, alarm: false, next: { a: 2, b: 0.5 } });
    expect(two).toEqual({ total: (6 + 0.75) / 2, alarm: false, next: { a: 6, b: 0.75 } });
  });

  test('finds a lasting change of one signal among twenty long before a detector of the mean e-value would', () => {
    const others = Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`f${index}`, 0.8]));
    const alarmRun = (family: Readonly<Record<string, number>>) => {
      let evidence: Evidence = {};
      for (let run = 1; run < 1000; run += 1) {
        const step = accumulateEvidence(evidence, family, 90);
        if (step.alarm) return run;
        evidence = step.next;
      }
      return null;
    };

    expect(alarmRun({ ...others, moved: 4 })).toBe(6);
    expect(alarmRun({ mean: averageEValue([...Object.values(others), 4]) })).toBeNull();
  });

  test('is held at the budget while a change lasts, and falls with the first quiet window', () => {
    const loud = accumulateEvidence({ a: 80, b: 1 }, { a: 1e12, b: 5 }, 90);
    const quiet = accumulateEvidence(loud.next, { a: 0.6, b: 0.8 }, 90);

    expect(loud.alarm).toBe(true);
    expect((loud.next['a'] ?? 0) + (loud.next['b'] ?? 0)).toBeLessThanOrEqual(180);
    expect(quiet.alarm).toBe(false);
  });

  test('keeps what was not measured, forgets what left the family, survives JSON', () => {
    const { next } = accumulateEvidence({ kept: 7.25, gone: 50 }, { kept: null, fresh: 1 / 3 }, 90);

    expect(next).toEqual({ kept: 7.25, fresh: 0.333333 });
    expect(JSON.parse(JSON.stringify(next))).toEqual(next);
    expect(() => accumulateEvidence({}, {}, 90)).toThrow(RangeError);
  });

  test('stays finite, and its mean at most the budget, whatever comes', () => {
    const p = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(p, p, p), { maxLength: 60 }), (runs) => {
        let evidence: Evidence = {};
        for (const [a, b, c] of runs) evidence = accumulateEvidence(evidence, { a: eValue(a), b: eValue(b), c: eValue(c) }, 90).next;

        const values = Object.values(evidence);

        expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(270);
      }),
    );
  });
});

describe('evidence of one window', () => {
  test('the rank test equals SciPy', () => {
    // scipy 1.17.1: mannwhitneyu(current, reference, method='asymptotic', use_continuity=False) on the rows of these classes.
    const { superiority, pValue } = binnedRankTest([12, 30, 25, 8, 5], [5, 9, 14, 11, 9]);

    expectWithin(superiority, 0.6548177083333333, 1e-14);
    expectWithin(pValue, 0.0024985050821986917, 1e-10);
  });

  test('the rank test says nothing of one class, and refuses an empty side', () => {
    expect(binnedRankTest([5, 0], [5, 0]).pValue).toBe(1);
    expect(() => binnedRankTest([0, 0], [5, 0])).toThrow(RangeError);
    expect(() => binnedRankTest([1], [1, 2])).toThrow(RangeError);
  });

  test("Williams' correction by hand: 2 by 2, G / (1 + (n Σ1/rows − 1)(n Σ1/columns − 1) / 6n)", () => {
    const { statistic } = williamsGTest([30, 10], [10, 20]);

    const g =
      2 *
      (30 * Math.log(30 / (40 * (40 / 70))) +
        10 * Math.log(10 / (30 * (40 / 70))) +
        10 * Math.log(10 / (40 * (30 / 70))) +
        20 * Math.log(20 / (30 * (30 / 70))));
    const q = 1 + ((70 * (1 / 40 + 1 / 30) - 1) * (70 * (1 / 40 + 1 / 30) - 1)) / (6 * 70);
    expectWithin(statistic, g / q, 1e-12);
  });

  test('a window weighs at most a tenth of the reference: ten times the rows in the same shares is the same evidence', () => {
    const reference = [300, 300, 400];

    const small = driftEvidence({ reference, current: [20, 30, 50], ordered: 3 });
    const large = driftEvidence({ reference, current: [200, 300, 500], ordered: 3 });

    expect(large).toEqual(small);
    expect(large?.rows).toBe(100);
  });

  test('too small a reference or window is no evidence at all', () => {
    expect(driftEvidence({ reference: [200, 299], current: [500, 500], ordered: 0 })).toBeNull();
    expect(driftEvidence({ reference: [5000, 5000], current: [20, 29], ordered: 0 })).toBeNull();
  });

  test('without ordered classes it is the G test alone; all rows missing on one side leaves that too', () => {
    const counts = { reference: [600, 400], current: [30, 70] };

    expect(driftEvidence({ ...counts, ordered: 0 })?.eValue).toBe(eValue(williamsGTest([600, 400], [30, 70]).pValue));
    expect(driftEvidence({ reference: [600, 0, 400], current: [0, 0, 100], ordered: 2 })?.eValue).toBeGreaterThan(1e6);
  });

  // All tables with these margins, by their hypergeometric probability: the mean given the margins is what multiplies over time.
  test.each([
    [1000, 100, 0.3],
    [1000, 100, 0.05],
    [1000, 100, 0.01],
    [3000, 300, 0.03],
    [3000, 60, 0.1],
    [10_000, 1000, 0.5],
  ])(
    'reference %d, window %d, share %d: the mean e-value of two classes is below 1.05, with nothing drawn by lot',
    (before, after, share) => {
      const marked = Math.round((before + after) * share);
      const logFactorial = (n: number) => {
        let sum = 0;
        for (let k = 2; k <= n; k += 1) sum += Math.log(k);
        return sum;
      };
      const choose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k);
      const all = choose(before + after, after);
      let mean = 0;
      let probability = 0;

      for (let k = 0; k <= Math.min(marked, after); k += 1) {
        const chance = Math.exp(choose(marked, k) + choose(before + after - marked, after - k) - all);
        if (chance < 1e-12) continue;
        const table = { reference: [marked - k, before - marked + k], current: [k, after - k], ordered: 0 };
        mean += chance * (driftEvidence(table)?.eValue ?? Number.NaN);
        probability += chance;
      }

      expectWithin(probability, 1, 1e-8);
      expect(mean).toBeLessThan(1.05);
      expect(mean).toBeGreaterThan(0.5);
    },
  );
});
