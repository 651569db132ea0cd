import { pairedShares } from './shares.ts';

/**
 * Hellinger distance between two sets of counts over the same classes: 0 for equal shares, 1 for disjoint ones.
 *
 * Formula: sqrt(½ · Σ (√p − √q)²) (https://encyclopediaofmath.org/wiki/Hellinger_distance). A metric; more sensitive to rare classes than the
 * total variation. The caution of `jensenShannonDistance` on classes and rows holds. O(classes).
 *
 * @example hellingerDistance([1, 0], [0, 1]); // => 1
 */
export function hellingerDistance(reference: readonly number[], current: readonly number[]): number {
  const squares = pairedShares(reference, current).reduce((sum, [p, q]) => sum + (Math.sqrt(p) - Math.sqrt(q)) ** 2, 0);
  return Math.min(1, Math.sqrt(squares / 2));
}
