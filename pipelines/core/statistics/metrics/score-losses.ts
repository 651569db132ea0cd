import type { ScoredGroups } from './outcome-metrics.ts';

const SMALLEST = 1e-15;

/** A mean loss and, per group, what one more positive or negative row there would do to it. */
export interface LossFigure {
  readonly metric: 'logLoss' | 'brier';
  readonly value: number | null;
  readonly ifPositive: Float64Array;
  readonly ifNegative: Float64Array;
  readonly why: string | null;
}

/**
 * Log loss and Brier score of raw scores for rows that are positive with some probability (or surely), with the influence of each row.
 *
 * A row of probability c costs c times the loss of a positive and 1 − c times that of a negative. Log loss clips scores to [1e-15, 1 − 1e-15].
 * With labels 0 and 1 they are the usual figures. Needs scores in [0, 1]. O(n).
 *
 * @example scoreLosses({ scores: Float64Array.of(0.5), rows: Float64Array.of(4), positive: Float64Array.of(1), called: Uint8Array.of(1) })[1].value; // => 0.25
 */
export function scoreLosses(groups: ScoredGroups): readonly [LossFigure, LossFigure] {
  const { scores } = groups;
  const size = scores.length;
  const surprises = { positive: new Float64Array(size), negative: new Float64Array(size) };
  const squares = { positive: new Float64Array(size), negative: new Float64Array(size) };
  for (let at = 0; at < size; at += 1) {
    const score = scores[at] ?? Number.NaN;
    surprises.positive[at] = surprise(score);
    surprises.negative[at] = surprise(1 - score);
    squares.positive[at] = (1 - score) ** 2;
    squares.negative[at] = score ** 2;
  }
  return [meanLoss('logLoss', groups, surprises), meanLoss('brier', groups, squares)];
}

function surprise(probability: number): number {
  return -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, probability)));
}

interface Losses {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

function meanLoss(metric: LossFigure['metric'], { rows, positive }: ScoredGroups, losses: Losses): LossFigure {
  let total = 0;
  for (let at = 0; at < rows.length; at += 1) total += rows[at] ?? 0;
  if (total === 0) return { metric, value: null, ifPositive: losses.positive, ifNegative: losses.negative, why: 'There is no row.' };
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const share = positive[at] ?? 0;
    sum += (rows[at] ?? 0) * (share * (losses.positive[at] ?? 0) + (1 - share) * (losses.negative[at] ?? 0));
  }
  const value = sum / total;
  const influences = { ifPositive: new Float64Array(rows.length), ifNegative: new Float64Array(rows.length) };
  for (let at = 0; at < rows.length; at += 1) {
    influences.ifPositive[at] = ((losses.positive[at] ?? 0) - value) / total;
    influences.ifNegative[at] = ((losses.negative[at] ?? 0) - value) / total;
  }
  return { metric, value, ...influences, why: null };
}
