import type { RowLoss, SliceFigures } from '../schema/group-report.ts';
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

/** The loss of one slice, and by how much the challenger's is above the champion's there, over days. Fewer than `least` labelled rows: no figure. */
export function measureSlice(name: string, positions: readonly number[], rows: MeasuredRows & { readonly least: number }): SliceFigures {
  const { loss, challenger, champion, blocks, level, least } = rows;
  const how = { level, least };
  const ours = lossEstimate(loss, blockTotals(challenger, positions, blocks), how);
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
