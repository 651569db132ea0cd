import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';

/** Linear correlation with its evidence. */
export interface Correlation {
  readonly correlation: number;
  /** Two-sided, by Student's t with n − 2 degrees of freedom. */
  readonly pValue: number;
}

/**
 * Pearson's linear correlation of two series.
 *
 * For asking whether a feature's drift went with the change of a metric over windows: few windows and a trend in both make it high
 * without any cause (https://en.wikipedia.org/wiki/Pearson_correlation_coefficient). The p value assumes independent pairs, one of them
 * normal. null below three pairs or without spread. O(n).
 *
 * No command uses it: `rankFeatures` orders drifted columns by effect, importance and share in the drop. It is kept to check the ranks that NannyML
 * publishes.
 *
 * @example pearson([1, 2, 3], [2, 4, 7])?.correlation; // => 0.9933992677987828
 */
export function pearson(first: readonly number[], second: readonly number[]): Correlation | null {
  const size = first.length;
  if (size !== second.length) throw new RangeError('pearson requires two series of one length');
  if (size < 3) return null;
  const [meanFirst, meanSecond] = [mean(first), mean(second)];
  let [both, squaresFirst, squaresSecond] = [0, 0, 0];
  for (const [index, value] of first.entries()) {
    const [a, b] = [value - meanFirst, (second[index] ?? 0) - meanSecond];
    both += a * b;
    squaresFirst += a * a;
    squaresSecond += b * b;
  }
  if (squaresFirst === 0 || squaresSecond === 0) return null;
  const correlation = Math.max(-1, Math.min(1, both / Math.sqrt(squaresFirst * squaresSecond)));
  const rest = 1 - correlation * correlation;
  const statistic = rest === 0 ? Number.POSITIVE_INFINITY : Math.abs(correlation) * Math.sqrt((size - 2) / rest);
  return { correlation, pValue: rest === 0 ? 0 : Math.min(1, 2 * studentTUpperTail(statistic, size - 2)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
