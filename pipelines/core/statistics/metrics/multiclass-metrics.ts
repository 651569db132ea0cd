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
  const matrix = confusionMatrix(rows);
  const one = () => 1;
  const macro = (metric: MulticlassMetric, ratioOf: (k: number) => Ratio, lack: string) =>
    fromRatios({ metric, matrix, rows, ratios: matrix.map((_, k) => ratioOf(k)), lack });
  return [
    ...rankings(rows),
    fromRatios({ metric: 'accuracy', matrix, rows, ratios: [{ top: (i, j) => Number(i === j), below: one }], lack: 'There is no row' }),
    macro(
      'f1',
      (k) => ({ top: (i, j) => 2 * Number(i === k && j === k), below: (i, j) => Number(i === k) + Number(j === k) }),
      'No row is, or was called,',
    ),
    macro('precision', (k) => ({ top: (i, j) => Number(i === k && j === k), below: (_, j) => Number(j === k) }), 'No row was called'),
    macro('recall', (k) => ({ top: (i, j) => Number(i === k && j === k), below: (i) => Number(i === k) }), 'No row is'),
    macro('specificity', (k) => ({ top: (i, j) => Number(i !== k && j !== k), below: (i) => Number(i !== k) }), 'Every row is'),
    ...(worth === undefined
      ? []
      : [
          fromRatios({
            metric: 'valuePerPrediction',
            matrix,
            rows,
            ratios: [{ top: (i, j) => worth[i]?.[j] ?? 0, below: one }],
            lack: 'There is no row',
          }),
        ]),
  ];
}

/** One weighted sum over the cells of the confusion matrix (actual, called) over another. */
interface Ratio {
  readonly top: (actual: number, called: number) => number;
  readonly below: (actual: number, called: number) => number;
}

interface Ratios {
  readonly metric: MulticlassMetric;
  readonly matrix: readonly (readonly number[])[];
  readonly rows: MulticlassRows;
  readonly ratios: readonly Ratio[];
  readonly lack: string;
}

function fromRatios({ metric, matrix, rows, ratios, lack }: Ratios): MulticlassFigure {
  const sum = (weight: Ratio['top']) =>
    matrix.reduce((total, cells, i) => total + cells.reduce((part, count, j) => part + count * weight(i, j), 0), 0);
  const wholes = ratios.map(({ below }) => sum(below));
  const empty = wholes.findIndex((whole) => !(whole > 0));
  if (empty >= 0) return { metric, value: null, influence: () => 0, why: ratios.length === 1 ? `${lack}.` : `${lack} of class ${empty}.` };
  const values = ratios.map(({ top }, k) => sum(top) / (wholes[k] ?? 1));
  const influences = matrix.map((cells, i) =>
    cells.map((_, j) => mean(ratios.map(({ top, below }, k) => (top(i, j) - (values[k] ?? 0) * below(i, j)) / (wholes[k] ?? 1)))),
  );
  return { metric, value: mean(values), influence: (row, ofClass) => influences[ofClass]?.[rows.called[row] ?? 0] ?? 0, why: null };
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
