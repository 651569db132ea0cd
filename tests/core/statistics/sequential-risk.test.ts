import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaBinomialLogMixture } from '../../../pipelines/core/statistics/sequential/beta-binomial-mixture.ts';
import { blockConfidenceSequence } from '../../../pipelines/core/statistics/sequential/block-confidence-sequence.ts';
import {
  lowerConfidenceSequence,
  meanConfidenceSequence,
  upperConfidenceSequence,
} from '../../../pipelines/core/statistics/sequential/mean-confidence-sequence.ts';
import { uniform } from '../../fakes/watched-world.ts';

const RULES = { alpha: 0.05, bestRows: 100 };

describe('the confidence sequence of a mean', () => {
  test.each([false, true])(
    'its supermartingale has mean 1 (one-sided %s) for 0/1 rows: exactly, over all outcomes of 40 rows',
    (oneSided) => {
      const [mean, rows] = [0.2, 40];
      const shape = { g: mean, h: 1 - mean, bestVariance: 10, bestAlpha: 0.05, oneSided };
      let expectation = 0;
      let choose = 1;

      for (let k = 0; k <= rows; k += 1) {
        const sum = k - rows * mean;
        const wealth = Math.exp(betaBinomialLogMixture({ sum, variance: rows * mean * (1 - mean) }, shape));
        expectation += choose * mean ** k * (1 - mean) ** (rows - k) * wealth;
        choose = (choose * (rows - k)) / (k + 1);
      }

      expect(Math.abs(expectation - 1)).toBeLessThan(1e-9);
    },
  );

  test('one-sided it also stays below 1 for every smaller mean, so a risk that falls is no evidence of one that rose', () => {
    const rows = 30;
    const shape = { g: 0.2, h: 0.8, bestVariance: 10, bestAlpha: 0.05, oneSided: true };
    for (const mean of [0, 0.05, 0.1, 0.19]) {
      let expectation = 0;
      let choose = 1;
      for (let k = 0; k <= rows; k += 1) {
        const wealth = Math.exp(betaBinomialLogMixture({ sum: k - rows * 0.2, variance: rows * 0.16 }, shape));
        expectation += choose * mean ** k * (1 - mean) ** (rows - k) * wealth;
        choose = (choose * (rows - k)) / (k + 1);
      }
      expect(expectation).toBeLessThan(1);
    }
  });

  test('covers the mean at all of 400 looks together in at least 95 % of 400 streams; a fixed-size interval would not', () => {
    const next = uniform(11);
    let missed = 0;
    let naive = 0;
    for (let stream = 0; stream < 400; stream += 1) {
      let sum = 0;
      let [out, outNaive] = [false, false];
      for (let rows = 1; rows <= 400; rows += 1) {
        sum += next() < 0.3 ? 1 : 0;
        if (rows % 10 !== 0) continue;
        // In the interval exactly when the mixture at the true mean is below 1/alpha: no bisection needed.
        const shape = { g: 0.3, h: 0.7, bestVariance: 21, bestAlpha: 0.05, oneSided: false };
        const log = betaBinomialLogMixture({ sum: sum - 0.3 * rows, variance: 0.21 * rows }, shape);
        if (log >= Math.log(20)) out = true;
        if (rows >= 30 && Math.abs(sum / rows - 0.3) > 1.96 * Math.sqrt(0.21 / rows)) outNaive = true;
      }
      missed += out ? 1 : 0;
      naive += outNaive ? 1 : 0;
    }

    expect(missed).toBeLessThanOrEqual(20);
    expect(naive).toBeGreaterThan(60);
  });

  test('holds the estimate, lies in [0, 1], mirrors, and one-sided bounds are tighter than its ends', () => {
    const sums = fc
      .integer({ min: 1, max: 5000 })
      .chain((rows) => fc.record({ rows: fc.constant(rows), sum: fc.double({ min: 0, max: rows, noNaN: true }) }));
    fc.assert(
      fc.property(sums, ({ rows, sum }) => {
        const { lower, upper } = meanConfidenceSequence({ rows, sum }, RULES);
        const mirrored = meanConfidenceSequence({ rows, sum: rows - sum }, RULES);

        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(sum / rows + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(sum / rows - 1e-12);
        expect(mirrored.lower).toBeCloseTo(1 - upper, 9);
        expect(lowerConfidenceSequence({ rows, sum }, RULES)).toBeGreaterThanOrEqual(lower - 1e-12);
        expect(upperConfidenceSequence({ rows, sum }, RULES)).toBeLessThanOrEqual(upper + 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  test('refuses sums that rows in [0, 1] cannot have', () => {
    expect(() => meanConfidenceSequence({ rows: 10, sum: 11 }, RULES)).toThrow(RangeError);
    expect(() => meanConfidenceSequence({ rows: 10, sum: Number.NaN }, RULES)).toThrow(RangeError);
  });
});

describe('the confidence sequence of blocks', () => {
  test('equals theorem 2 of Waudby-Smith and Ramdas as computed with NumPy 2.4.6', () => {
    const blocks = Array.from({ length: 50 }, (_, index) => 0.2 + 0.1 * Math.sin(index));

    const { lower, upper } = blockConfidenceSequence(blocks, 0.05);

    expect(lower).toBeCloseTo(0.04962797380085596, 12);
    expect(upper).toBeCloseTo(0.3510250344159279, 12);
  });

  test('misses the mean at any look with probability at most alpha: exactly, over all 2^14 sequences of 0 and 1', () => {
    const [mean, alpha, rows] = [0.1, 0.8, 14];
    let missed = 0;
    for (let path = 0; path < 2 ** rows; path += 1) {
      const blocks = Array.from({ length: rows }, (_, index) => (path >> index) & 1);
      const ones = blocks.reduce((sum, value) => sum + value, 0);
      if (outside(blocks, mean, alpha)) missed += mean ** ones * (1 - mean) ** (rows - ones);
    }

    expect(missed).toBeLessThanOrEqual(alpha);
    expect(missed).toBeGreaterThan(0.01);
  });

  test('days that hang together inside do not fool it, while the row-wise sequence misses nearly always', () => {
    const next = uniform(5);
    let [missedByRows, missedByBlocks] = [0, 0];
    for (let stream = 0; stream < 100; stream += 1) {
      const days = Array.from({ length: 60 }, () => 0.1 + 0.2 * next());
      const sums = { rows: 60_000, sum: days.reduce((sum, day) => sum + Math.round(1000 * day), 0) };
      const byRows = meanConfidenceSequence(sums, { alpha: 0.05, bestRows: 20_000 });
      missedByRows += byRows.lower > 0.2 || byRows.upper < 0.2 ? 1 : 0;
      missedByBlocks += outside(days, 0.2, 0.05) ? 1 : 0;
    }

    expect(missedByBlocks).toBe(0);
    expect(missedByRows).toBeGreaterThan(20);
  });

  test('is as wide as it says: 0.25 after a month of days without any spread, 0.02 after a year', () => {
    const half = (days: number) => {
      const { lower, upper } = blockConfidenceSequence(new Array<number>(days).fill(0.5), 0.05);
      return (upper - lower) / 2;
    };

    expect(half(30)).toBeGreaterThan(0.2);
    expect(half(90)).toBeGreaterThan(0.075);
    expect(half(365)).toBeLessThan(0.025);
  });

  test('refuses blocks outside [0, 1]', () => {
    expect(() => blockConfidenceSequence([0.5, 1.5], 0.05)).toThrow(RangeError);
  });
});

/** Whether the mean was outside at any look. */
function outside(blocks: readonly number[], mean: number, alpha: number): boolean {
  return blocks.some((_, index) => {
    const { lower, upper } = blockConfidenceSequence(blocks.slice(0, index + 1), alpha);
    return mean < lower || mean > upper;
  });
}
