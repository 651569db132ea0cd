import { chiSquareTest } from '../hypotheses/chi-square-test.ts';

/**
 * Bias-corrected Cramér's V between sample (reference or current) and class: 0 for no association, up to 1.
 *
 * Formula: φ² = χ²/n, less (k − 1)(r − 1)/(n − 1), over the smaller corrected side, square root (Bergsma 2013,
 * https://doi.org/10.1016/j.jkss.2012.10.002). Unlike the distances it does not grow with the number of classes when nothing has drifted. One class or
 * fewer than two rows: 0. O(classes).
 *
 * @example cramersV([1000, 0], [1000, 0]); // => 0
 */
export function cramersV(reference: readonly number[], current: readonly number[]): number {
  const test = chiSquareTest(reference, current);
  const rows = [...reference, ...current].reduce((sum, count) => sum + count, 0);
  const classes = test.degreesOfFreedom + 1;
  if (classes < 2 || rows < 2) return 0;
  const corrected = Math.max(0, test.statistic / rows - (classes - 1) / (rows - 1));
  const correctedClasses = classes - (classes - 1) ** 2 / (rows - 1);
  const correctedSamples = 2 - 1 / (rows - 1);
  return Math.min(1, Math.sqrt(corrected / Math.min(correctedClasses - 1, correctedSamples - 1)));
}
