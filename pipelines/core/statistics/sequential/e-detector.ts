/**
 * One step of the Shiryaev-Roberts e-detector: evidence that something has changed at some time up to now.
 *
 * Formula: (previous + 1) · e, from 0. It sums, over every possible day of the change, the product of the e-values since then. If each e-value has mean at
 * most 1 given the past, previous + 1 is all it may grow by, so an alarm at A comes no sooner than after A steps on average (Shin, Ramdas and
 * Rinaldo, https://arxiv.org/abs/2203.03532), and with a fresh start after each alarm the expected number of
 * alarms in T steps is at most T / A. Means of detectors are detectors. O(1).
 *
 * @example stepShiryaevRoberts(3, 2); // => 8
 */
export function stepShiryaevRoberts(previous: number, eValue: number): number {
  return (previous + 1) * eValue;
}

/**
 * One step of the cumulative-sum e-detector: as `stepShiryaevRoberts`, with the likeliest day of the change in place of the sum over all.
 *
 * Formula: max(previous, 1) · e, from 0. Never above the Shiryaev-Roberts detector, so the same guarantee holds, and alarms come no sooner
 * (https://arxiv.org/abs/2203.03532). O(1).
 *
 * @example stepCusum(0.5, 2); // => 2
 */
export function stepCusum(previous: number, eValue: number): number {
  return Math.max(previous, 1) * eValue;
}
