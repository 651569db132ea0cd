import type { GroupEstimate, RowLoss } from '../schema/group-report.ts';
import { type BlockSums, clusteredMean } from '../statistics/intervals/clustered-mean.ts';
import { clusteredShare, shareInterval } from '../statistics/intervals/clustered-share.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';

/** Sums of a value over the blocks of some rows. Rows whose value is NaN are left out. */
export function blockTotals(values: Float64Array, positions: Iterable<number>, blocks: ResamplingBlocks): BlockSums {
  const sums = new Float64Array(blocks.count);
  const rows = new Float64Array(blocks.count);
  for (const row of positions) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const block = blocks.of[row] ?? 0;
    sums[block] = (sums[block] ?? 0) + value;
    rows[block] = (rows[block] ?? 0) + 1;
  }
  return { sums, rows };
}

/** Rows behind block sums. */
export function rowsOf({ rows }: BlockSums): number {
  return rows.reduce((sum, each) => sum + each, 0);
}

/** A share over days: Wilson's interval on effective rows. No value under `least` rows. */
export function shareEstimate(totals: BlockSums, { level, least }: { readonly level: number; readonly least: number }): GroupEstimate {
  const sampleSize = rowsOf(totals);
  if (sampleSize < Math.max(1, least)) return { value: null, interval: null, sampleSize };
  const share = clusteredShare(totals, level);
  return { value: share.value, interval: shareInterval(share, level), sampleSize };
}

/** A mean over days: Student's interval over blocks. No value under `least` rows. */
export function meanEstimate(totals: BlockSums, { level, least }: { readonly level: number; readonly least: number }): GroupEstimate {
  const sampleSize = rowsOf(totals);
  if (sampleSize < Math.max(1, least)) return { value: null, interval: null, sampleSize };
  const { mean, interval } = clusteredMean(totals, level);
  return { value: mean, interval, sampleSize };
}

/** A mean loss: a share of wrong calls, or a mean of absolute errors. */
export function lossEstimate(loss: RowLoss, totals: BlockSums, how: { readonly level: number; readonly least: number }): GroupEstimate {
  return loss === 'wrong calls' ? shareEstimate(totals, how) : meanEstimate(totals, how);
}
