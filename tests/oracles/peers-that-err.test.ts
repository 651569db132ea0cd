import { describe, expect, test } from 'vitest';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { chiSquareQuantile } from '../../pipelines/core/statistics/distributions/chi-square-quantile.ts';
import { chiSquareUpperTail } from '../../pipelines/core/statistics/distributions/chi-square-upper-tail.ts';
import { chiSquareTest } from '../../pipelines/core/statistics/hypotheses/chi-square-test.ts';
import { williamsGTest } from '../../pipelines/core/statistics/hypotheses/williams-g-test.ts';
import { deLong } from '../../pipelines/core/statistics/metrics/delong.ts';
import { drawCounts } from '../calibration/draw-counts.ts';
import { uniform } from '../fakes/watched-world.ts';
import { expectClose } from './expect-close.ts';
import { evidentlyBins, evidentlyChiSquare, evidentlyJensenShannon } from './peers/evidently-rules.ts';
import { yatesChiSquare } from './peers/yates-chi-square.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

/** Probabilities of every number of successes. */
function binomial(trials: number, probability: number): number[] {
  const all = [(1 - probability) ** trials];
  for (let k = 1; k <= trials; k += 1) all.push(((all[k - 1] ?? 0) * (trials - k + 1) * probability) / (k * (1 - probability)));
  return all;
}

/** How often a test of two proportions rejects at 5 % without any difference: by adding up every possible pair of tables. */
function rejectionRate(pValue: (reference: number[], current: number[]) => number, sizes: { n: number; m: number; share: number }): number {
  const { n, m, share } = sizes;
  const [first, second] = [binomial(n, share), binomial(m, share)];
  let rate = 0;
  for (const [a, p] of first.entries()) {
    for (const [b, q] of second.entries()) {
      if (p * q > 1e-12 && a + b > 0 && a + b < n + m && pValue([a, n - a], [b, m - b]) <= 0.05) rate += p * q;
    }
  }
  return rate;
}

describe('where we differ from a peer, and why', () => {
  test('chi-square of two classes: with Yates, as NannyML has it, a 5 % test rejects in 2 to 3 %; without, in 5 % (by enumeration)', () => {
    for (const sizes of [
      { n: 100, m: 40, share: 0.3 },
      { n: 120, m: 60, share: 0.5 },
    ]) {
      const [theirs, ours, williams] = [yatesChiSquare, chiSquareTest, williamsGTest].map((of) =>
        rejectionRate((a, b) => of(a, b).pValue, sizes),
      ) as [number, number, number];
      expect(theirs).toBeLessThan(0.035);
      expect(ours).toBeGreaterThan(0.04);
      expect(ours).toBeLessThan(0.06);
      expect(Math.abs(williams - 0.05)).toBeLessThan(0.012);
    }
  });

  test('chi-square as goodness of fit, the default of Evidently, forgets that the reference is a sample', () => {
    const [shares, next, repeats] = [new Array<number>(6).fill(1 / 6), uniform(12), 2000];
    let [theirs, ours] = [0, 0];

    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const [reference, current] = [drawCounts(shares, 600, next), drawCounts(shares, 600, next)];
      if (evidentlyChiSquare(reference, current).pValue < 0.05) theirs += 1 / repeats;
      if (chiSquareTest(reference, current).pValue < 0.05) ours += 1 / repeats;
    }

    // At equal sizes the variance is twice what they reckon with, so 5 % becomes P(χ² > quantile / 2).
    const predicted = chiSquareUpperTail(chiSquareQuantile(0.05, 5) / 2, 5);
    expect(predicted).toBeGreaterThan(0.35);
    expect(Math.abs(theirs - predicted)).toBeLessThan(0.035);
    expect(Math.abs(ours - 0.05)).toBeLessThan(0.016);
  });

  test.skipIf(!oraclesPresent())(
    'how often it errs was measured, and follows from the sizes: its variance lacks the share of the reference',
    () => {
      type Measured = Record<string, Record<string, number[]> & { '(ref,cur,categories)'?: [number, number, number][] }>;
      const measured = Object.entries(readOracle<Measured>('unit/peer_measurements.json')).find(([name]) =>
        name.includes('chisquare'),
      )?.[1];
      const [theirs = [], ours = []] = [measured?.['evidently_goodness_of_fit'], measured?.['two_sample_contingency']];

      for (const [index, [reference, current, categories]] of (measured?.['(ref,cur,categories)'] ?? []).entries()) {
        const df = categories - 1;
        const predicted = chiSquareUpperTail(chiSquareQuantile(0.05, df) / (1 + current / reference), df);
        // 400 repeats or more: three standard errors.
        expect(Math.abs((theirs[index] ?? 0) - predicted), `${reference}, ${current}, ${categories}`).toBeLessThan(0.05);
        expect(Math.abs((ours[index] ?? 0) - 0.05)).toBeLessThan(0.033);
      }

      expect(theirs).toHaveLength(6);
    },
  );

  test('one row of a new category makes their p value 0; ours stays what it is', () => {
    const [reference, current] = [
      [500, 300, 200, 0],
      [500, 300, 199, 1],
    ];

    expect(evidentlyChiSquare(reference, current).pValue).toBe(0);
    expect(chiSquareTest(reference, current).pValue).toBeGreaterThan(0.5);
  });

  test('bins of both samples together let one far value hide a shift; bins frozen at the reference do not', () => {
    const next = uniform(2);
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const [reference, current] = [Array.from({ length: 2000 }, normal), Array.from({ length: 1000 }, () => 1 + normal())];
    const spoilt = [...current, 1e6];
    const cuts = [-1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28];
    const frozen = (values: readonly number[]) =>
      [...cuts, Number.POSITIVE_INFINITY].map(
        (cut, index) => values.filter((value) => value <= cut && value > (cuts[index - 1] ?? Number.NEGATIVE_INFINITY)).length,
      );

    const theirs = [current, spoilt].map((values) => evidentlyJensenShannon(evidentlyBins(reference, values)));
    const ours = [current, spoilt].map((values) => jensenShannonDistance(frozen(reference), frozen(values)));

    expect(theirs[0]).toBeGreaterThan(0.3);
    expect(theirs[1]).toBeLessThan(0.05);
    if (oraclesPresent()) {
      // Measured in nats with 5,000 rows each; a single far row weighs less in more of them.
      const [before = 0, after = 0] =
        readOracle<Record<string, Record<string, number[]>>>('unit/peer_measurements.json')['evidently_single_outlier_blindness']?.[
          'jensenshannon_base_e'
        ] ?? [];
      expectClose(theirs[0], before, 0.05);
      expect(after).toBeLessThan(theirs[1] ?? 0);
    }
    expect((ours[1] ?? 0) / (ours[0] ?? 1)).toBeGreaterThan(0.98);
  });

  test.skipIf(!oraclesPresent())(
    'the error of an area under the curve from the positives alone is too small; that of DeLong is the spread of resamples',
    () => {
      type Oracle = { binary_classification: { y_true: number[]; y_score: number[] } };
      const { y_true, y_score } = readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json').binary_classification;
      const next = uniform(5);
      const levels = [...new Set(y_score)].sort((a, b) => a - b);
      const areaOf = (rows: readonly number[]) => {
        const count = (label: number) =>
          levels.map((level) => rows.filter((row) => y_score[row] === level && y_true[row] === label).length);
        return deLong({ negatives: count(0), positives: count(1) });
      };
      const ours = areaOf(y_true.map((_, row) => row))?.standardError ?? 0;

      const areas = Array.from({ length: 300 }, () => areaOf(y_true.map(() => Math.floor(next() * y_true.length)))?.area ?? Number.NaN);
      const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
      const bootstrap = Math.sqrt(areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / (areas.length - 1));
      const [positives, negatives] = [1, 0].map((label) => y_score.filter((_, row) => y_true[row] === label)) as [number[], number[]];
      const placements = positives.map(
        (score) => negatives.reduce((sum, other) => sum + (other < score ? 1 : other === score ? 0.5 : 0), 0) / negatives.length,
      );
      const middle = placements.reduce((sum, each) => sum + each, 0) / placements.length;
      const ofPositives = Math.sqrt(
        placements.reduce((sum, each) => sum + (each - middle) ** 2, 0) / placements.length / placements.length,
      );

      expect(Math.abs(ours / bootstrap - 1)).toBeLessThan(0.12);
      expect(ofPositives / bootstrap).toBeLessThan(0.9);
    },
  );
});
