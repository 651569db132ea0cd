import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import type { Bounds } from './bounds.ts';
import { clusteredDifference } from './clustered-difference.ts';
import { type BlockSums, clusteredMean } from './clustered-mean.ts';

/** first / second with its interval; `ratio` is null when the second mean is zero, the interval where blocks do not tell an error. */
export interface MeansRatio {
  readonly ratio: number | null;
  readonly interval: Bounds | null;
}

/**
 * Ratio of the means of two disjoint sets of rows that meet the same blocks, first / second, of values that are not negative, such as the absolute errors of two groups on the same days.
 *
 * ln ratio ± t · s, where s is the linearised error of ln first − ln second: that of the difference of both means when each is divided by itself, block by block, so that what a bad day does to both
 * cancels (delta method: Cochran 1977, Sampling Techniques, section 6.3; see `clusteredDifference`). Student's t with one degree less than the smaller number of blocks. Poor with fewer than about five
 * blocks. No interval where a mean is zero. O(blocks).
 *
 * @example ratioOfMeans({ sums: Float64Array.of(1, 3), rows: Float64Array.of(1, 1) }, { sums: Float64Array.of(4, 4), rows: Float64Array.of(1, 1) }).ratio; // => 0.5
 */
export function ratioOfMeans(first: BlockSums, second: BlockSums, level = 0.95): MeansRatio {
  const [one, other] = [clusteredMean(first), clusteredMean(second)];
  if (!(other.mean > 0)) return { ratio: null, interval: null };
  const ratio = one.mean / other.mean;
  if (!(one.mean > 0)) return { ratio, interval: null };
  const error = clusteredDifference(relativeTo(first, one.mean), relativeTo(second, other.mean))?.standardError;
  const degrees = Math.min(one.blocks, other.blocks) - 1;
  if (error === undefined || degrees < 1) return { ratio, interval: null };
  const spread = Math.exp(studentTQuantile((1 - level) / 2, degrees) * error);
  return { ratio, interval: { lower: ratio / spread, upper: ratio * spread, level } };
}

function relativeTo({ sums, rows }: BlockSums, mean: number): BlockSums {
  return { sums: sums.map((sum) => sum / mean), rows };
}
