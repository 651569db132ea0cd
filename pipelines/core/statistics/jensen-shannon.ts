import { pairedShares } from './shares.ts';

/**
 * Jensen-Shannon distance between two sets of counts over the same classes, base 2: 0 for equal shares, 1 for disjoint ones.
 *
 * Formula: square root of half the Kullback-Leibler divergence of each from their mean, summed
 * (Endres and Schindelin 2003, https://doi.org/10.1109/TIT.2003.813506). A metric; finite with empty classes. Grows with the number of classes
 * and shrinks with rows even without drift, so pair it with a test. Not for comparing across different classes. O(classes).
 *
 * @example jensenShannonDistance([1, 0], [0, 1]); // => 1
 */
export function jensenShannonDistance(reference: readonly number[], current: readonly number[]): number {
  let divergence = 0;
  for (const [p, q] of pairedShares(reference, current)) {
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle);
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle);
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}
