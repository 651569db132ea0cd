import { solveIncreasing } from '../distributions/solve-increasing.ts';
import { betaBinomialLogMixture } from '../sequential/beta-binomial-mixture.ts';

export interface QuantileRules {
  readonly quantile: number;
  /** Rows a sample at which the test is tightest. */
  readonly bestRows: number;
  /** Error for which it is. */
  readonly bestAlpha: number;
}

/**
 * Anytime p value that two growing samples have the same quantile (a latency's 95th percentile before and now), whatever their distributions.
 *
 * In words: the evidence of both samples against the value that suits both best, each by a beta-binomial mixture on the share of rows below it; e to the minus that (Howard and
 * Ramdas 2022, https://arxiv.org/abs/1906.09712; checked against confseq). Ties count as the share that suits best. May be looked at after every row.
 * Assumes independent rows; for shares in steady streams prefer hourly samples. O(n · log n).
 *
 * @example quantileShiftPValue([1, 2, 3], [1, 2, 3], { quantile: 0.5, bestRows: 100, bestAlpha: 0.05 }); // => 1
 */
export function quantileShiftPValue(first: readonly number[], second: readonly number[], rules: QuantileRules): number {
  const samples = [first, second].map((sample) => Float64Array.from(sample).sort());
  const evidence = samples.map((sample) => evidenceBy(sample, rules));
  const values = new Set([...first, ...second]);
  let least = Number.POSITIVE_INFINITY;
  for (const value of values)
    least = Math.min(
      least,
      evidence.reduce((sum, of) => sum + of(value), 0),
    );
  return Math.min(1, Math.exp(-least));
}

/** Evidence of one sample against a value of the quantile, by the share below that the value allows and that suits it best. */
function evidenceBy(sorted: Float64Array, { quantile, bestRows, bestAlpha }: QuantileRules): (value: number) => number {
  const rows = sorted.length;
  const variance = quantile * (1 - quantile);
  const shape = { g: quantile, h: 1 - quantile, bestVariance: bestRows * variance, bestAlpha, oneSided: false };
  const against = (share: number) => betaBinomialLogMixture({ sum: (share - quantile) * rows, variance: variance * rows }, shape);
  const slope = (share: number) => against(share + 1e-6) - against(share - 1e-6);
  const best = solveIncreasing({ of: slope, target: 0, lower: 1e-6, upper: 1 - 1e-6 });
  return (value) => against(Math.min(Math.max(best, rowsBelow(sorted, value, false) / rows), rowsBelow(sorted, value, true) / rows));
}

/** Rows below the value, or not above it. */
function rowsBelow(sorted: Float64Array, value: number, inclusive: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const each = sorted[middle] ?? Number.NaN;
    if (each < value || (inclusive && each === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
