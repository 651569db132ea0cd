import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import type { Bounds } from '../intervals/bounds.ts';

/** The count that the next window of a group should have. */
export interface ExpectedCount {
  readonly mean: number;
  /** Of the next count; null where no group has a second window, so that nothing tells how much counts vary. */
  readonly interval: Bounds | null;
  /** Variance over mean, at least 1: how much more than Poisson counts the windows vary. null like the interval. */
  readonly dispersion: number | null;
}

/**
 * Prediction interval for the next count of one group (such as a weekday) from all groups together: counts vary around the mean of their
 * group with a variance of φ times the mean, φ = Σ (count − mean)²/mean over (windows − groups), not below 1, the Pearson estimate of a quasi-Poisson model (McCullagh and Nelder 1989,
 * Generalized Linear Models, sections 4.5 and 6.2; https://en.wikipedia.org/wiki/Quasi-likelihood). Interval: mean ± t · √(φ · mean · (1 + 1/windows of the group)), t with windows − groups
 * degrees of freedom, not below 0. Two weeks of days give seven degrees of freedom where each weekday alone would give one. Assumes that the groups share φ. null: the group is empty or all zero.
 * O(windows).
 *
 * @example expectedCount([[90, 110], [40, 60]], 0)?.mean; // => 100
 */
export function expectedCount(groups: readonly (readonly number[])[], group: number, level = 0.95): ExpectedCount | null {
  const own = groups[group] ?? [];
  const mean = average(own);
  if (own.length === 0 || mean === 0) return null;
  const counted = groups.filter((counts) => average(counts) > 0);
  const freedom = counted.reduce((sum, counts) => sum + counts.length - 1, 0);
  if (freedom === 0) return { mean, interval: null, dispersion: null };
  const pearson = counted.reduce((sum, counts) => sum + squaresAround(counts), 0);
  const dispersion = Math.max(1, pearson / freedom);
  const half = studentTQuantile((1 - level) / 2, freedom) * Math.sqrt(dispersion * mean * (1 + 1 / own.length));
  return { mean, interval: { lower: Math.max(0, mean - half), upper: mean + half, level }, dispersion };
}

function average(counts: readonly number[]): number {
  return counts.length === 0 ? 0 : counts.reduce((sum, count) => sum + count, 0) / counts.length;
}

function squaresAround(counts: readonly number[]): number {
  const mean = average(counts);
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}
