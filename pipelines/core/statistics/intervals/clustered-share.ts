import { normalQuantile } from '../distributions/normal-quantile.ts';
import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import type { Bounds } from './bounds.ts';
import { type BlockSums, clusteredMean } from './clustered-mean.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** A share of rows, and how many independent rows would be as sure of it. */
export interface EffectiveShare {
  readonly value: number;
  /** Rows that count. */
  readonly trials: number;
  /** Independent rows that say as much as these; at most `trials`. */
  readonly effective: number;
}

/**
 * A share of rows that hang together in blocks, with its effective sample size at a level of confidence.
 *
 * Design effect: the variance over blocks (see `clusteredMean`) against p(1 − p)/n, at least 1; effective rows: n / effect · (z/t)², t with blocks − 1 degrees of freedom, so that
 * Wilson's interval on them allows for blocks that hang together and for having few of them (Korn and Graubard 1998, https://www150.statcan.gc.ca/n1/pub/12-001-x/1998002/article/4356-eng.pdf).
 * `sums` are counts of successes. With fewer than two blocks rows are taken as independent. Throws RangeError without rows. O(blocks).
 *
 * @example clusteredShare({ sums: Float64Array.of(5), rows: Float64Array.of(10) }).effective; // => 10
 */
export function clusteredShare(counts: BlockSums, level = 0.95): EffectiveShare {
  const { mean, rows, blocks, standardError } = clusteredMean(counts, level);
  if (standardError === null) return { value: mean, trials: rows, effective: rows };
  const independent = (mean * (1 - mean)) / rows;
  const designEffect = independent > 0 ? Math.max(1, standardError ** 2 / independent) : 1;
  const few = normalQuantile(0.5 + level / 2) / studentTQuantile((1 - level) / 2, blocks - 1);
  return { value: mean, trials: rows, effective: (rows / designEffect) * few ** 2 };
}

/**
 * Wilson's interval of a share on its effective rows.
 *
 * See `wilsonInterval` for the formula and `clusteredShare` for the rows (Korn and Graubard 1998, as there). O(1).
 *
 * @example shareInterval({ value: 0.5, trials: 10, effective: 10 }).lower; // => 0.2365930905125641
 */
export function shareInterval({ value, effective }: EffectiveShare, level = 0.95): Bounds {
  return wilsonInterval(value * effective, effective, level);
}
