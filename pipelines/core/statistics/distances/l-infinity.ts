import { pairedShares } from './shares.ts';

/** The largest change of a share, and the class in which it happened. */
export interface LargestChange {
  readonly value: number;
  /** Position of the class; the first one when several change alike. */
  readonly index: number;
}

/**
 * L-infinity distance: the largest absolute change of the share of one class, and which class it is.
 *
 * Names the culprit, where other distances only measure (https://en.wikipedia.org/wiki/Chebyshev_distance). Blind to many small changes.
 * O(classes).
 *
 * @example lInfinity([3, 1], [1, 1]); // => { value: 0.25, index: 0 }
 */
export function lInfinity(reference: readonly number[], current: readonly number[]): LargestChange {
  let largest: LargestChange = { value: 0, index: 0 };
  for (const [index, [p, q]] of pairedShares(reference, current).entries()) {
    const value = Math.abs(p - q);
    if (value > largest.value) largest = { value, index };
  }
  return largest;
}
