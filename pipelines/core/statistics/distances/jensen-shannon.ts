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

/** Numbers of classes and rows of a comparison. */
export interface ComparisonSize {
  readonly classes: number;
  readonly reference: number;
  readonly current: number;
}

/**
 * What the square of the Jensen-Shannon distance is on average when nothing has drifted: sampling alone moves shares apart.
 *
 * Formula: (classes − 1) · (1/N + 1/M) / (8 · ln 2), the second-order term of the divergence (Grosse et al. 2002,
 * https://doi.org/10.1103/PhysRevE.65.041905). Good from about 5 expected rows a class on. O(1).
 *
 * @example chanceDivergence({ classes: 1, reference: 100, current: 100 }); // => 0
 */
export function chanceDivergence({ classes, reference, current }: ComparisonSize): number {
  return ((classes - 1) * (1 / reference + 1 / current)) / (8 * Math.LN2);
}
