import { studentTQuantile } from '../distributions/student-t-quantile.ts';

/** Sums of one value over blocks of rows that hang together, and the rows of each block. Of equal length. */
export interface BlockSums {
  readonly sums: Float64Array;
  readonly rows: Float64Array;
}

/** A mean over rows whose error is told by how blocks differ. Interval and error are null with fewer than two blocks that hold rows. */
export interface ClusteredMean {
  readonly mean: number;
  readonly rows: number;
  /** Blocks that hold rows. */
  readonly blocks: number;
  readonly standardError: number | null;
  readonly interval: { readonly lower: number; readonly upper: number; readonly level: number } | null;
}

/**
 * The mean over rows, Σ sums / Σ rows, with the error of a ratio of block totals: blocks, not rows, are independent.
 *
 * Variance: b/(b − 1) · Σ (sumᵢ − mean · rowsᵢ)² / (Σ rows)² over the b blocks with rows (linearised, "ultimate clusters": Cochran, Sampling Techniques, 1977, 6.3;
 * the CR1 of clustered regression, Cameron and Miller 2015, https://doi.org/10.3368/jhr.50.2.317), and Student's t with b − 1 degrees of freedom. With one row a
 * block this is the textbook interval of a mean. Too narrow with fewer than about five blocks, or when one block holds most rows. Throws RangeError without rows. O(blocks).
 *
 * @example clusteredMean({ sums: Float64Array.of(1, 3), rows: Float64Array.of(1, 1) }).standardError; // => 1
 */
export function clusteredMean({ sums, rows }: BlockSums, level = 0.95): ClusteredMean {
  const total = rows.reduce((sum, each) => sum + each, 0);
  if (!(total > 0)) throw new RangeError('clusteredMean requires at least one row');
  const mean = sums.reduce((sum, each) => sum + each, 0) / total;
  let blocks = 0;
  let squares = 0;
  for (const [block, count] of rows.entries()) {
    if (count === 0) continue;
    blocks += 1;
    squares += ((sums[block] ?? 0) - mean * count) ** 2;
  }
  if (blocks < 2) return { mean, rows: total, blocks, standardError: null, interval: null };
  const standardError = Math.sqrt((blocks / (blocks - 1)) * squares) / total;
  const half = studentTQuantile((1 - level) / 2, blocks - 1) * standardError;
  return { mean, rows: total, blocks, standardError, interval: { lower: mean - half, upper: mean + half, level } };
}
