import type { GroupEstimate, RowLoss, SliceFigures } from '../schema/group-report.ts';
import { blockTotals, lossEstimate, meanEstimate } from './block-totals.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';

/** Losses of the same rows under one model or two. */
export interface MeasuredRows {
  readonly loss: RowLoss;
  readonly challenger: Float64Array;
  readonly champion: Float64Array | null;
  readonly blocks: ResamplingBlocks;
  readonly level: number;
}

/** Rows that a slice needs for a figure, and to be counted. */
export interface SliceSizes {
  readonly least: number;
  readonly minimumCount: number;
}

/**
 * The loss of one slice, and by how much the challenger's is above the champion's there, over days. Fewer than `least` labelled rows: no figure. Fewer than `minimumCount`: not even how many, as a slice
 * may be one value of a column; they count as 0.
 */
export function measureSlice(name: string, positions: readonly number[], rows: MeasuredRows & SliceSizes): SliceFigures {
  const { loss, challenger, champion, blocks, level, least, minimumCount } = rows;
  const how = { level, least };
  const ours = lossEstimate(loss, blockTotals(challenger, positions, blocks), how);
  const change = champion === null ? null : challenger.map((each, row) => each - (champion[row] ?? Number.NaN));
  const theirs = champion === null ? null : lossEstimate(loss, blockTotals(champion, positions, blocks), how);
  const increase = change === null ? null : meanEstimate(blockTotals(change, positions, blocks), how);
  const few = ours.sampleSize > 0 && ours.sampleSize < Math.min(least, minimumCount);
  const shown = (estimate: GroupEstimate | null) => (few && estimate !== null ? UNCOUNTED : estimate);
  const counted = few ? `Fewer than ${minimumCount}` : `${ours.sampleSize}`;
  return {
    name,
    rows: few ? 0 : ours.sampleSize,
    challenger: few ? UNCOUNTED : ours,
    champion: shown(theirs),
    increase: shown(increase),
    pValue: null,
    why: ours.value === null ? `${counted} labelled rows; at least ${least} are needed.` : null,
  };
}

const UNCOUNTED: GroupEstimate = { value: null, interval: null, sampleSize: 0 };
