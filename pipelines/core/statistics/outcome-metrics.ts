/** Money (or any value) of one prediction by its outcome. */
export interface OutcomeWorth {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** Rows of equal score and equal call: `rows` of them, of which a share `positive` is positive (a label, or a probability). `called` is 1 or 0. */
export interface ScoredGroups {
  readonly scores: Float64Array;
  readonly rows: Float64Array;
  readonly positive: Float64Array;
  readonly called: Uint8Array;
}

export type OutcomeMetric = 'accuracy' | 'f1' | 'precision' | 'recall' | 'specificity' | 'valuePerPrediction' | OutcomeShare;
export type OutcomeShare = 'truePositiveShare' | 'falsePositiveShare' | 'falseNegativeShare' | 'trueNegativeShare';

/** A metric, and how it moves when one row of a group becomes more positive: by its call. */
export interface OutcomeFigure {
  readonly metric: OutcomeMetric;
  readonly value: number | null;
  readonly slope: { readonly called: number; readonly notCalled: number };
  readonly why: string | null;
}

/** Rows by call and label; not whole numbers when labels are probabilities. */
export interface OutcomeTotals extends OutcomeWorth {
  readonly rows: number;
}

/** Adds up the rows by call and label. O(groups). */
export function outcomeTotals({ rows, positive, called }: ScoredGroups): OutcomeTotals {
  const sums = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0, rows: 0 };
  for (let at = 0; at < rows.length; at += 1) {
    const [count, share] = [rows[at] ?? 0, positive[at] ?? 0];
    sums.rows += count;
    sums[called[at] === 1 ? 'truePositive' : 'falseNegative'] += count * share;
    sums[called[at] === 1 ? 'falsePositive' : 'trueNegative'] += count * (1 - share);
  }
  return sums;
}

/**
 * Accuracy, F1, precision, recall, specificity, the four shares of the confusion matrix and, with `worth`, the value per prediction.
 *
 * F1 = 2TP / (2TP + FP + FN): 0 when no call is right, which is a figure and not a gap. A ratio without rows below its line is null and says
 * why; nothing is NaN. Value per prediction is the total value over the rows. `slope` is the derivative by the positive share of one row,
 * from which errors follow by the delta method. O(1).
 *
 * @example outcomeMetrics({ truePositive: 3, falsePositive: 1, falseNegative: 1, trueNegative: 5, rows: 10 })[0]?.value; // => 0.8
 */
export function outcomeMetrics(totals: OutcomeTotals, worth?: OutcomeWorth): OutcomeFigure[] {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn, rows } = totals;
  const none = rows > 0 ? null : 'There is no row.';
  const [positives, negatives, called] = [tp + fn, fp + tn, tp + fp];
  const [f1, recall, specificity] = [(2 * tp) / (called + positives), tp / positives, tn / negatives];
  const share = (metric: OutcomeShare, part: number, ofCalled: number, ofOthers: number) =>
    figure(metric, none, { value: part / rows, called: ofCalled / rows, notCalled: ofOthers / rows });
  return [
    figure('accuracy', none, { value: (tp + tn) / rows, called: 1 / rows, notCalled: -1 / rows }),
    figure('f1', none ?? emptyWhen(called + positives, 'No row is positive and none was called so.'), {
      value: f1,
      called: (2 - f1) / (called + positives),
      notCalled: -f1 / (called + positives),
    }),
    figure('precision', none ?? emptyWhen(called, 'No row was called positive.'), { value: tp / called, called: 1 / called, notCalled: 0 }),
    figure('recall', none ?? emptyWhen(positives, 'No row is positive.'), {
      value: recall,
      called: (1 - recall) / positives,
      notCalled: -recall / positives,
    }),
    figure('specificity', none ?? emptyWhen(negatives, 'No row is negative.'), {
      value: specificity,
      called: specificity / negatives,
      notCalled: (specificity - 1) / negatives,
    }),
    share('truePositiveShare', tp, 1, 0),
    share('falsePositiveShare', fp, -1, 0),
    share('falseNegativeShare', fn, 0, 1),
    share('trueNegativeShare', tn, 0, -1),
    ...(worth === undefined ? [] : [value(totals, worth, none)]),
  ];
}

function value(totals: OutcomeTotals, worth: OutcomeWorth, none: string | null): OutcomeFigure {
  const sum =
    worth.truePositive * totals.truePositive +
    worth.falsePositive * totals.falsePositive +
    worth.falseNegative * totals.falseNegative +
    worth.trueNegative * totals.trueNegative;
  return figure('valuePerPrediction', none, {
    value: sum / totals.rows,
    called: (worth.truePositive - worth.falsePositive) / totals.rows,
    notCalled: (worth.falseNegative - worth.trueNegative) / totals.rows,
  });
}

function emptyWhen(below: number, why: string): string | null {
  return below > 0 ? null : why;
}

function figure(metric: OutcomeMetric, why: string | null, of: { value: number; called: number; notCalled: number }): OutcomeFigure {
  if (why !== null) return { metric, value: null, slope: { called: 0, notCalled: 0 }, why };
  return { metric, value: of.value, slope: { called: of.called, notCalled: of.notCalled }, why: null };
}
