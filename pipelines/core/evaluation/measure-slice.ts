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
  /** Its figures would tell those of fewer than `minimumCount` rows, by subtraction from others. Left out: they would not. */
  readonly isWithheld?: boolean;
}

/**
 * The loss of one slice, and by how much the challenger's is above the champion's there, over days. Fewer than `least` labelled rows: no figure. Fewer than `minimumCount`, or withheld: not even how many, as a slice
 * may be one value of a column; they count as 0.
 */
export function measureSlice(name: string, positions: readonly number[], rows: MeasuredRows & SliceSizes): SliceFigures {
  const { loss, challenger, champion, blocks, level, least, minimumCount, isWithheld = false } = rows;
  const how = { level, least };
  const ours = lossEstimate(loss, blockTotals(challenger, positions, blocks), how);
  const few = ours.sampleSize > 0 && ours.sampleSize < minimumCount;
  if (isWithheld || few) {
    const why = few ? `Fewer than ${minimumCount} labelled rows; at least ${least} are needed.` : withheld(minimumCount);
    return {
      name,
      rows: 0,
      challenger: UNCOUNTED,
      champion: champion === null ? null : UNCOUNTED,
      increase: champion === null ? null : UNCOUNTED,
      pValue: null,
      why,
    };
  }
  const change = champion === null ? null : challenger.map((each, row) => each - (champion[row] ?? Number.NaN));
  return {
    name,
    rows: ours.sampleSize,
    challenger: ours,
    champion: champion === null ? null : lossEstimate(loss, blockTotals(champion, positions, blocks), how),
    increase: change === null ? null : meanEstimate(blockTotals(change, positions, blocks), how),
    pValue: null,
    why: ours.value === null ? `${ours.sampleSize} labelled rows; at least ${least} are needed.` : null,
  };
}

function withheld(minimumCount: number): string {
  return `Not shown: with the figures of other rows it would tell those of fewer than ${minimumCount}.`;
}

const UNCOUNTED: GroupEstimate = { value: null, interval: null, sampleSize: 0 };
