import { mean, sampleVariance } from 'simple-statistics';
import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';
import type { Bounds } from '../intervals/bounds.ts';

/** second − first, with evidence. */
export interface MeanDifference {
  readonly difference: number;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly interval: Bounds;
}

/**
 * Difference of two means (second − first) when the variances may differ: Welch's t test.
 *
 * Formula: difference over sqrt(s₁²/n₁ + s₂²/n₂), degrees of freedom after Welch and Satterthwaite (https://doi.org/10.1093/biomet/34.1-2.28).
 * Assumes independent rows and means that are about normal. Null with fewer than two rows in a sample or no spread in both. O(n).
 *
 * @example welchTest([1, 2, 3], [1, 2, 3])?.pValue; // => 1
 */
export function welchTest(first: readonly number[], second: readonly number[], level = 0.95): MeanDifference | null {
  if (first.length < 2 || second.length < 2) return null;
  const ofFirst = sampleVariance([...first]) / first.length;
  const ofSecond = sampleVariance([...second]) / second.length;
  const spread = Math.sqrt(ofFirst + ofSecond);
  if (spread === 0) return null;
  const difference = mean([...second]) - mean([...first]);
  const degreesOfFreedom = (ofFirst + ofSecond) ** 2 / (ofFirst ** 2 / (first.length - 1) + ofSecond ** 2 / (second.length - 1));
  const statistic = difference / spread;
  const half = studentTQuantile((1 - level) / 2, degreesOfFreedom) * spread;
  return {
    difference,
    statistic,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * studentTUpperTail(Math.abs(statistic), degreesOfFreedom)),
    interval: { lower: difference - half, upper: difference + half, level },
  };
}
