import { effectiveCount } from './lag-one-correlation.ts';

/** Number, mean and sum of squared deviations of some windows' figures. */
export interface WindowMoments {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** How two groups of windows differ. */
export interface WindowContrast {
  /** Mean of the second less that of the first. */
  readonly change: number;
  readonly standardError: number;
  /** change / standardError. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Independent windows behind the change: 1 / (1/n₀ + 1/n₁). */
  readonly size: number;
}

/** Moments of no window at all. */
export const NO_WINDOWS: WindowMoments = { count: 0, mean: 0, squares: 0 };

/** One more window, by Welford's rule. */
export function withWindow({ count, mean, squares }: WindowMoments, value: number): WindowMoments {
  const moved = mean + (value - mean) / (count + 1);
  return { count: count + 1, mean: moved, squares: squares + (value - mean) * (value - moved) };
}

/** What is known of how windows differ, beside their figures. */
export interface WindowNoise {
  /** How much neighbouring windows hang together (see `lagOneCorrelation`). */
  readonly correlation: number;
  /** Variance of a window that its rows alone give it. */
  readonly noise: number;
  /** How many windows' worth of knowledge of the variance the rows are taken for, at most. Left out: none. */
  readonly worth?: number;
}

/** Windows vary by more than their rows alone make them, since rows of a day hang together: where rows stand for windows, their variance counts so many times. */
const ROWS_UNDERSTATE = 2;

/**
 * Student's contrast of two groups of windows of one unknown variance: which is no less than `noise`, the variance that their rows alone give them. Neighbouring
 * windows with `correlation` (see `lagOneCorrelation`) count for fewer, as do degrees of freedom. Where windows differ about as much as their rows explain, the
 * rows add `worth` degrees of freedom, at twice their variance (a moderated t: Smyth 2004, https://doi.org/10.2202/1544-6115.1027, with a weight that fades as
 * windows differ by more); they never make the variance smaller than that of the windows. null: too few windows, or none that differs. O(1).
 *
 * @example windowContrast({ count: 3, mean: 5, squares: 2 }, { count: 3, mean: 4, squares: 2 }, { correlation: 0, noise: 0 })?.change; // => -1
 */
export function windowContrast(
  before: WindowMoments,
  now: WindowMoments,
  { correlation, noise, worth = 0 }: WindowNoise,
): WindowContrast | null {
  const degreesOfFreedom = before.count + now.count - 2;
  if (degreesOfFreedom < 1) return null;
  const own = (before.squares + now.squares) / degreesOfFreedom;
  const explained = explainedShare(noise, own);
  const lent = worth * explained;
  const moderated = (own * degreesOfFreedom + ROWS_UNDERSTATE * noise * lent) / (degreesOfFreedom + lent);
  const variance = Math.max(own, noise, moderated);
  if (!(variance > 0)) return null;
  const size = 1 / (1 / effectiveCount(before.count, correlation) + 1 / effectiveCount(now.count, correlation));
  const change = now.mean - before.mean;
  const deviation = Math.sqrt(variance);
  return {
    change,
    standardError: deviation / Math.sqrt(size),
    t: (change / deviation) * Math.sqrt(size),
    degreesOfFreedom: Math.max(1, (degreesOfFreedom * (1 - correlation)) / (1 + correlation)) + lent * explained,
    size,
  };
}

/** How much of the variance between windows their rows explain, as far as that can be told: at most all. */
export function explainedShare(noise: number, variance: number): number {
  return ROWS_UNDERSTATE * noise >= variance ? 1 : (ROWS_UNDERSTATE * noise) / variance;
}
