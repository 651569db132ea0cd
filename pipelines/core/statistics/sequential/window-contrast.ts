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

/**
 * Student's contrast of two groups of windows of one unknown variance: which is no less than `noise`, the variance that their rows alone give them. Neighbouring
 * windows with `correlation` (see `lagOneCorrelation`) count for fewer, as do degrees of freedom. null: too few windows, or none that differs. O(1).
 *
 * @example windowContrast({ count: 3, mean: 5, squares: 2 }, { count: 3, mean: 4, squares: 2 }, { correlation: 0, noise: 0 })?.change; // => -1
 */
export function windowContrast(
  before: WindowMoments,
  now: WindowMoments,
  { correlation, noise }: { readonly correlation: number; readonly noise: number },
): WindowContrast | null {
  const degreesOfFreedom = before.count + now.count - 2;
  const squares = Math.max(before.squares + now.squares, noise * degreesOfFreedom);
  if (degreesOfFreedom < 1 || squares <= 0) return null;
  const size = 1 / (1 / effectiveCount(before.count, correlation) + 1 / effectiveCount(now.count, correlation));
  const change = now.mean - before.mean;
  const deviation = Math.sqrt(squares / degreesOfFreedom);
  return {
    change,
    standardError: deviation / Math.sqrt(size),
    t: (change / deviation) * Math.sqrt(size),
    degreesOfFreedom: Math.max(1, (degreesOfFreedom * (1 - correlation)) / (1 + correlation)),
    size,
  };
}
