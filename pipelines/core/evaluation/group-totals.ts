import type { ModelDefinition } from '../schema/model-definition.ts';
import type { BlockSums } from '../statistics/intervals/clustered-mean.ts';
import { blockTotals } from './block-totals.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';
import type { Answers } from './row-losses.ts';

/** How a binary model treats one group, as sums over days. Selection counts all rows, the others the labelled ones. */
export interface GroupTotals {
  readonly name: string;
  /** Called positive, of all rows. */
  readonly selection: BlockSums;
  /** Called positive, of positives. */
  readonly truePositives: BlockSums;
  /** Called positive, of negatives. */
  readonly falsePositives: BlockSums;
  /** Label less score. */
  readonly calibration: BlockSums;
}

/** The sums behind every fairness measure of a group. Calls are made at businessValue.threshold, else at 0.5. */
export function groupTotals(
  group: { readonly name: string; readonly positions: readonly number[] },
  { definition, labels, answers, blocks }: BinaryRows,
): GroupTotals {
  const threshold = definition.businessValue?.threshold ?? 0.5;
  const { scores } = answers;
  const called = scores.map((score) => (Number.isNaN(score) ? Number.NaN : Number(score >= threshold)));
  const { name, positions } = group;
  const withLabel = (label: number) => positions.filter((row) => labels[row] === label);
  return {
    name,
    selection: blockTotals(called, positions, blocks),
    truePositives: blockTotals(called, withLabel(1), blocks),
    falsePositives: blockTotals(called, withLabel(0), blocks),
    calibration: blockTotals(
      labels.map((label, row) => label - (scores[row] ?? Number.NaN)),
      positions,
      blocks,
    ),
  };
}

/** Rows of a binary model with its answers. Labels may be missing. */
export interface BinaryRows {
  readonly definition: ModelDefinition;
  readonly labels: Float64Array;
  readonly answers: Answers;
  readonly blocks: ResamplingBlocks;
}
