import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';
import type { Bounds } from './bounds.ts';

/** Where one more value of the same kind is expected, and what one observed value says against that. */
export interface NextValue {
  readonly mean: number;
  readonly interval: Bounds;
  /** Two-sided p value of an observed value. */
  readonly pValueOf: (value: number) => number;
}

/**
 * Prediction interval for the next value, from a few earlier ones: honest when only ten reference chunks are known.
 *
 * Formula: mean ± t · s · sqrt(1 + 1/K), s with K − 1 in the denominator and t from Student's distribution with K − 1 degrees of freedom
 * (https://www.itl.nist.gov/div898/handbook/mpc/section4/mpc451.htm; https://en.wikipedia.org/wiki/Prediction_interval). The usual mean ±
 * 3 sd (n in the denominator) forgets that mean and sd are themselves estimates: at ten values it alarms several times as often as it
 * says. Assumes independent values of one normal distribution. null below three values or without spread. O(values).
 *
 * @example nextValue([1, 2, 3])?.mean; // => 2
 */
export function nextValue(values: readonly number[], level = 0.99): NextValue | null {
  const size = values.length;
  if (size < 3) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / size;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (size - 1);
  const scale = Math.sqrt(variance * (1 + 1 / size));
  if (!(scale > 0)) return null;
  const half = studentTQuantile((1 - level) / 2, size - 1) * scale;
  return {
    mean,
    interval: { lower: mean - half, upper: mean + half, level },
    pValueOf: (value) => Math.min(1, 2 * studentTUpperTail(Math.abs(value - mean) / scale, size - 1)),
  };
}
