import { benjaminiHochberg } from '../hypotheses/benjamini-hochberg.ts';

/**
 * The e-BH procedure: for each e-value the smallest false discovery rate at which it is rejected, at most 1. Reject those at or below the
 * rate that is tolerated.
 *
 * In words: the k largest are rejected when the k-th is at least tests / (k · rate); that is Benjamini-Hochberg on the reciprocals. Unlike it, it holds
 * under any dependence (Wang and Ramdas 2022, https://arxiv.org/abs/2009.02824), at a price in power. O(n · log n).
 *
 * @example eBenjaminiHochberg([64, 1, 32]); // => [0.046875, 1, 0.046875]
 */
export function eBenjaminiHochberg(eValues: readonly number[]): number[] {
  return benjaminiHochberg(eValues.map((value) => Math.min(1, 1 / value)));
}
