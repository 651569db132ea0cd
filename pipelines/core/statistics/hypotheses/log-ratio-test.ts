import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';
import type { Bounds } from '../intervals/bounds.ts';
import { type WeightedValue, weightedMoments } from '../intervals/weighted-moments.ts';

/** How many times as large the second sample is, by geometric means. */
export interface LogRatioTest {
  readonly ratio: number;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly interval: Bounds;
}

/**
 * Welch's t test on the logarithms of positive numbers: by which factor do two samples differ, for latencies and other right-skewed durations.
 *
 * In words: t test of the means of ln x with unequal spreads; the difference is a ratio of geometric means (https://www.itl.nist.gov/div898/handbook/prc/section3/prc31.htm).
 * Values may stand for several rows, as the mean of a cell with its rows; the spread inside cells is then left out. Free of units. A far value moves it only
 * by its logarithm, yet without bound: for reports. null below two rows a side or without spread; throws a RangeError on values that are not positive.
 * O(values).
 *
 * @example logRatioTest([{ value: 1, weight: 1 }, { value: 4, weight: 1 }], [{ value: 2, weight: 1 }, { value: 8, weight: 1 }])?.ratio; // => 2
 */
export function logRatioTest(first: readonly WeightedValue[], second: readonly WeightedValue[], level = 0.95): LogRatioTest | null {
  const [before, after] = [weightedMoments(logarithms(first)), weightedMoments(logarithms(second))];
  if (before === null || after === null || before.standardError === null || after.standardError === null) return null;
  const [a, b] = [before.standardError ** 2, after.standardError ** 2];
  if (a + b === 0) return null;
  const difference = after.mean - before.mean;
  const spread = Math.sqrt(a + b);
  const statistic = difference / spread;
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (before.rows - 1) + b ** 2 / (after.rows - 1));
  const half = studentTQuantile((1 - level) / 2, degreesOfFreedom) * spread;
  return {
    ratio: Math.exp(difference),
    statistic,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * studentTUpperTail(Math.abs(statistic), degreesOfFreedom)),
    interval: { lower: Math.exp(difference - half), upper: Math.exp(difference + half), level },
  };
}

function logarithms(values: readonly WeightedValue[]): WeightedValue[] {
  return values.map(({ value, weight }) => {
    if (!(value > 0)) throw new RangeError('logRatioTest requires positive values');
    return { value: Math.log(value), weight };
  });
}
