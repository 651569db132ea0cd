/**
 * How far one set of quantiles lies from another, in units of the spread of the expected ones: mean |observed − expected| over the mean
 * distance of the expected quantiles from their middle one.
 *
 * With evenly spaced quantiles the numerator is the Wasserstein distance of the two middles, the denominator a mean deviation around the median
 * (https://en.wikipedia.org/wiki/Wasserstein_metric, one dimension). 0 for equal quantiles; 1: they differ as much as the values differ among
 * themselves. null for different lengths, no quantile, or expected quantiles that are all equal. O(quantiles).
 *
 * @example quantileMisfit([2, 3, 4], [1, 2, 3]); // => 1.5
 */
export function quantileMisfit(observed: readonly number[], expected: readonly number[]): number | null {
  const middle = expected[Math.floor(expected.length / 2)];
  if (middle === undefined || observed.length !== expected.length) return null;
  const spread = expected.reduce((sum, value) => sum + Math.abs(value - middle), 0);
  const apart = expected.reduce((sum, value, index) => sum + Math.abs((observed[index] ?? Number.NaN) - value), 0);
  return spread > 0 && Number.isFinite(apart) ? apart / spread : null;
}
