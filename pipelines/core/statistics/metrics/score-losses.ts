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
  const surprise = (probability: number) => -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, probability)));
  return [
    meanLoss('logLoss', groups, { positive: scores.map(surprise), negative: scores.map((score) => surprise(1 - score)) }),
    meanLoss('brier', groups, { positive: scores.map((score) => (1 - score) ** 2), negative: scores.map((score) => score ** 2) }),
  ];
}

interface Losses {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

function meanLoss(metric: LossFigure['metric'], { rows, positive }: ScoredGroups, losses: Losses): LossFigure {
  const total = rows.reduce((sum, count) => sum + count, 0);
  if (total === 0) return { metric, value: null, ifPositive: losses.positive, ifNegative: losses.negative, why: 'There is no row.' };
  const value =
    rows.reduce((sum, count, at) => {
      const share = positive[at] ?? 0;
      return sum + count * (share * (losses.positive[at] ?? 0) + (1 - share) * (losses.negative[at] ?? 0));
    }, 0) / total;
  const influence = (loss: number) => (loss - value) / total;
  return { metric, value, ifPositive: losses.positive.map(influence), ifNegative: losses.negative.map(influence), why: null };
}
