import { pairedShares } from './shares.ts';

/**
 * Kolmogorov-Smirnov statistic of two samples known by counts over the same ordered classes: the largest gap at a class edge.
 *
 * The twin of `kolmogorovSmirnov` on profiles. Never larger than the exact statistic, and smaller by at most the larger share that one class
 * holds in either sample (a gap inside a class cannot grow further; https://en.wikipedia.org/wiki/Kolmogorov-Smirnov_test). O(classes).
 *
 * @example binnedKolmogorovSmirnov([1, 1, 0], [0, 1, 1]); // => 0.5
 */
export function binnedKolmogorovSmirnov(reference: readonly number[], current: readonly number[]): number {
  let gap = 0;
  let difference = 0;
  for (const [p, q] of pairedShares(reference, current)) {
    difference += p - q;
    gap = Math.max(gap, Math.abs(difference));
  }
  return gap;
}
