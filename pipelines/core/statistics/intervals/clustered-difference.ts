import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';
import { type BlockSums, clusteredMean } from './clustered-mean.ts';

/** first − second, with its error over blocks and a one-sided p value for "first is larger". */
export interface ClusteredDifference {
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Difference of the means of two disjoint sets of rows that meet the same blocks (a slice and the rest of the days).
 *
 * Each block's share in the error of both means is taken together, so what a bad day does to both cancels: uᵢ = (sᵢ − m·nᵢ)/n − (s'ᵢ − m'·n'ᵢ)/n', variance b/(b − 1) · Σ uᵢ²
 * (linearised, see `clusteredMean`), and Student's t with b − 1 degrees of freedom over the b blocks that hold rows of either. null when a set is empty, with fewer than two blocks, or without any
 * spread. O(blocks).
 *
 * @example clusteredDifference({ sums: Float64Array.of(2, 2), rows: Float64Array.of(2, 2) }, { sums: Float64Array.of(0, 1), rows: Float64Array.of(2, 2) })?.difference; // => 0.75
 */
export function clusteredDifference(first: BlockSums, second: BlockSums): ClusteredDifference | null {
  const isEmpty = ({ rows }: BlockSums) => !rows.some((count) => count > 0);
  if (isEmpty(first) || isEmpty(second)) return null;
  const one = clusteredMean(first);
  const other = clusteredMean(second);
  let blocks = 0;
  let squares = 0;
  for (const [block, rows] of first.rows.entries()) {
    const others = second.rows[block] ?? 0;
    if (rows === 0 && others === 0) continue;
    blocks += 1;
    const left = ((first.sums[block] ?? 0) - one.mean * rows) / one.rows;
    const right = ((second.sums[block] ?? 0) - other.mean * others) / other.rows;
    squares += (left - right) ** 2;
  }
  if (blocks < 2 || squares === 0) return null;
  const standardError = Math.sqrt((blocks / (blocks - 1)) * squares);
  const difference = one.mean - other.mean;
  const tail = studentTUpperTail(Math.abs(difference) / standardError, blocks - 1);
  return { difference, standardError, degreesOfFreedom: blocks - 1, pValue: difference > 0 ? tail : 1 - tail };
}
