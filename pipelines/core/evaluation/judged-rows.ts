import type { RowLoss } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';
import { type Answers, lossOf, rowLosses } from './row-losses.ts';
import { type RowRates, rowRates } from './row-rates.ts';

/** Rows with the answers of one model, and what each row says of it. Labels may be missing. */
export interface JudgedRows {
  readonly answers: Answers;
  readonly blocks: ResamplingBlocks;
  readonly rates: RowRates;
  /** What scores are the probability of, 1 or 0 or NaN: a positive label, or a right call; null where scores are no probabilities. */
  readonly outcomes: Float64Array | null;
  readonly loss: RowLoss;
  readonly losses: Float64Array;
}

/** What the answers of one model are worth, row by row. */
export function judgeRows(
  definition: ModelDefinition,
  { labels, answers, blocks }: { readonly labels: Float64Array; readonly answers: Answers; readonly blocks: ResamplingBlocks },
): JudgedRows {
  const rates = rowRates(definition, labels, answers);
  return {
    answers,
    blocks,
    rates,
    outcomes: definition.task === 'binary' ? labels : (rates.right ?? null),
    loss: lossOf(definition),
    losses: rowLosses(definition, labels, answers),
  };
}
