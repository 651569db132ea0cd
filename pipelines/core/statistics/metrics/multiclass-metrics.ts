import { confusionMetrics } from './confusion-metrics.ts';
import { rankingMetrics } from './ranking-metrics.ts';

export type MulticlassMetric =
  | 'rocAuc'
  | 'averagePrecision'
  | 'accuracy'
  | 'f1'
  | 'precision'
  | 'recall'
  | 'specificity'
  | 'valuePerPrediction';

/** Predictions over K classes: score of each class per row, called class, and how much of each class a row is (a label as 1 and 0s, or probabilities). */
export interface MulticlassRows {
  readonly scores: readonly Float64Array[];
  readonly called: ArrayLike<number>;
  readonly belongs: readonly Float64Array[];
}

/** A metric, and what one more row like this one would do to it if it were of class k. */
export interface MulticlassFigure {
  readonly metric: MulticlassMetric;
  readonly value: number | null;
  readonly influence: (row: number, ofClass: number) => number;
  readonly why: string | null;
}

/** Rows by actual class (outer) and called class (inner). O(n · K). */
export function confusionMatrix({ called, belongs }: Pick<MulticlassRows, 'called' | 'belongs'>): number[][] {
  const matrix = belongs.map(() => belongs.map(() => 0));
  for (const [actual, shares] of belongs.entries()) {
    const cells = matrix[actual] ?? [];
    for (let row = 0; row < shares.length; row += 1) cells[called[row] ?? 0] = (cells[called[row] ?? 0] ?? 0) + (shares[row] ?? 0);
  }
  return matrix;
}

/**
 * Metrics over several classes: accuracy; F1, precision, recall, specificity, ROC AUC and average precision of each class against the
 * rest, averaged with equal weight (macro); value per prediction with `worth` (actual class outside, called class inside).
 *
 * A class for which a ratio has no rows below its line leaves the average null, with the reason. Equal scores stand together.
 * Formulas: https://scikit-learn.org/stable/modules/model_evaluation.html#multiclass-and-multilabel-classification. O(K · n log n).
 */
export function multiclassMetrics(rows: MulticlassRows, worth?: readonly (readonly number[])[]): MulticlassFigure[] {
  const figures = confusionMetrics(confusionMatrix(rows), worth === undefined ? {} : { worth });
  const counted = figures.flatMap(({ metric, value, influence, why }): MulticlassFigure[] =>
    metric === 'weightedF1' || metric === 'matthews'
      ? []
      : [{ metric, value, influence: (row, ofClass) => influence[ofClass]?.[rows.called[row] ?? 0] ?? 0, why }],
  );
  return [...rankings(rows), ...counted];
}

function rankings({ scores, belongs }: MulticlassRows): MulticlassFigure[] {
  const one = new Float64Array(scores[0]?.length ?? 0).fill(1);
  const none = new Uint8Array(one.length);
  const figures = scores.map((of, k) => rankingMetrics({ scores: of, rows: one, positive: belongs[k] ?? one, called: none }));
  return ([0, 1] as const).map((which): MulticlassFigure => {
    const each = figures.map((pair) => pair[which]);
    const metric = which === 0 ? 'rocAuc' : 'averagePrecision';
    const lacking = each.findIndex(({ value }) => value === null);
    if (lacking >= 0) return { metric, value: null, influence: () => 0, why: `Class ${lacking} against the rest: ${each[lacking]?.why}` };
    return {
      metric,
      value: mean(each.map(({ value }) => value ?? 0)),
      influence: (row, ofClass) => mean(each.map((figure, k) => (k === ofClass ? figure.ifPositive : figure.ifNegative)[row] ?? 0)),
      why: null,
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
