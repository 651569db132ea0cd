import { normalQuantile } from '../distributions/normal-quantile.ts';
import type { Bounds } from './bounds.ts';

/** An estimate with its standard error, and the range that the quantity cannot leave. */
export interface NormalEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/**
 * Confidence interval of an estimate that is nearly normal: value ± z standard errors, cut at the limits of the quantity.
 *
 * For means and areas of some hundred rows or more (https://en.wikipedia.org/wiki/Wald_interval gives the limits of the form). Not for
 * proportions near 0 or 1 (use `wilsonInterval`) and not for a standard error of 0 from a handful of rows. O(1).
 *
 * @example normalInterval({ value: 1, standardError: 0.5 }).upper; // => 1.979981992270027
 */
export function normalInterval(estimate: NormalEstimate, level = 0.95): Bounds {
  const half = normalQuantile(0.5 + level / 2) * estimate.standardError;
  const minimum = estimate.minimum ?? Number.NEGATIVE_INFINITY;
  const maximum = estimate.maximum ?? Number.POSITIVE_INFINITY;
  return { lower: Math.max(minimum, estimate.value - half), upper: Math.min(maximum, estimate.value + half), level };
}
