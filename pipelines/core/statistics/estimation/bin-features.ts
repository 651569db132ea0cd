import { binOf } from '../distances/bin-of.ts';

const BINS = 63;

/** Ascending cuts of a feature; a value falls into bin 1 + (cuts at or below it), a missing value into bin 0. */
export type FeatureCuts = readonly number[];

/**
 * Cuts of a numeric feature at its quantiles: at most 63 bins of about equal reference rows, fewer where values repeat. Missing values (NaN) have a bin of
 * their own. Codes of categories (0, 1, …) come out as bins of their own while there are at most 63. O(n log n).
 *
 * @example learnCuts(Float64Array.of(1, 1, 2, 3)); // => [2, 3]
 */
export function learnCuts(values: Float64Array): FeatureCuts {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= BINS) return distinct.slice(1);
  const cuts = Array.from({ length: BINS - 1 }, (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / BINS)] ?? 0);
  return [...new Set(cuts)].filter((cut) => cut > (sorted[0] ?? 0));
}

/**
 * The bin of each value.
 *
 * @example binFeature(Float64Array.of(0, 2, 9, NaN), [2, 3]); // => Uint8Array.of(1, 2, 3, 0)
 */
export function binFeature(values: Float64Array, cuts: FeatureCuts): Uint8Array {
  return Uint8Array.from(values, (value) => binOf(value, cuts));
}
