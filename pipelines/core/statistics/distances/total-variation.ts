import { pairedShares } from './shares.ts';

/**
 * Total variation distance: the share of rows that would have to change class to make both samples alike; between 0 and 1.
 *
 * Formula: ½ · Σ |p − q| (https://en.wikipedia.org/wiki/Total_variation_distance_of_probability_measures). The easiest distance to explain.
 * O(classes).
 *
 * @example totalVariation([3, 1], [1, 1]); // => 0.25
 */
export function totalVariation(reference: readonly number[], current: readonly number[]): number {
  return pairedShares(reference, current).reduce((sum, [p, q]) => sum + Math.abs(p - q), 0) / 2;
}
