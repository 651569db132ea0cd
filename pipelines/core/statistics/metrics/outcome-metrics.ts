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

/** Something for each outcome: a count, a value, the influence of one row. */
type PerOutcome = OutcomeWorth;

/** A metric, and what one more row of each outcome would do to it. `why` says what is missing when `value` is null. */
export interface OutcomeFigure {
  readonly metric: OutcomeMetric;
  readonly value: number | null;
  readonly influence: PerOutcome;
  readonly why: string | null;
}

const NOTHING: PerOutcome = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };

/** Rows by call and label; not whole numbers when labels are probabilities. O(groups). */
export function outcomeTotals({ rows, positive, called }: ScoredGroups): PerOutcome {
  const sums = { ...NOTHING };
  for (let at = 0; at < rows.length; at += 1) {
    const [count, share] = [rows[at] ?? 0, positive[at] ?? 0];
    sums[called[at] === 1 ? 'truePositive' : 'falseNegative'] += count * share;
    sums[called[at] === 1 ? 'falsePositive' : 'trueNegative'] += count * (1 - share);
  }
  return sums;
}

/**
 * Accuracy, F1, precision, recall, specificity, the four shares of the confusion matrix and, with `worth`, the value per prediction.
 *
 * F1 = 2TP / (2TP + FP + FN): 0 when no call is right, which is a figure and not a gap. A ratio without rows below its line is null and says
 * why; nothing is NaN. Value per prediction is the total value over the rows. The influences are the derivatives by the count of each outcome,
 * from which standard errors follow: √Σ rows·influence² (delta method; for a share it is √(p(1 − p)/n)). O(1).
 *
 * @example outcomeMetrics({ truePositive: 3, falsePositive: 1, falseNegative: 1, trueNegative: 5 })[0]?.value; // => 0.8
 */
export function outcomeMetrics(totals: PerOutcome, worth?: OutcomeWorth): OutcomeFigure[] {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = totals;
  const rows = tp + fp + fn + tn;
  const of = (metric: OutcomeMetric, ratio: Ratio) => figure(metric, totals, ratio);
  const all = { truePositive: 1, falsePositive: 1, falseNegative: 1, trueNegative: 1 };
  const share = (metric: OutcomeShare, part: keyof PerOutcome) =>
    of(metric, { top: { ...NOTHING, [part]: 1 }, below: all, why: 'There is no row.' });
  return [
    of('accuracy', { top: { ...NOTHING, truePositive: 1, trueNegative: 1 }, below: all, why: 'There is no row.' }),
    of('f1', {
      top: { ...NOTHING, truePositive: 2 },
      below: { truePositive: 2, falsePositive: 1, falseNegative: 1, trueNegative: 0 },
      why: rows > 0 ? 'No row is positive and none was called so.' : 'There is no row.',
    }),
    of('precision', { top: HIT, below: { ...HIT, falsePositive: 1 }, why: 'No row was called positive.' }),
    of('recall', { top: HIT, below: { ...HIT, falseNegative: 1 }, why: 'No row is positive.' }),
    of('specificity', {
      top: { ...NOTHING, trueNegative: 1 },
      below: { ...NOTHING, trueNegative: 1, falsePositive: 1 },
      why: 'No row is negative.',
    }),
    share('truePositiveShare', 'truePositive'),
    share('falsePositiveShare', 'falsePositive'),
    share('falseNegativeShare', 'falseNegative'),
    share('trueNegativeShare', 'trueNegative'),
    ...(worth === undefined ? [] : [of('valuePerPrediction', { top: worth, below: all, why: 'There is no row.' })]),
  ];
}

const HIT: PerOutcome = { ...NOTHING, truePositive: 1 };

/** A metric as one weighted sum of the outcomes over another. */
interface Ratio {
  readonly top: PerOutcome;
  readonly below: PerOutcome;
  readonly why: string;
}

function figure(metric: OutcomeMetric, totals: PerOutcome, { top, below, why }: Ratio): OutcomeFigure {
  const whole = weighted(below, totals);
  if (!(whole > 0)) return { metric, value: null, influence: NOTHING, why };
  const value = weighted(top, totals) / whole;
  const of = (outcome: keyof PerOutcome) => (top[outcome] - value * below[outcome]) / whole;
  const influence = {
    truePositive: of('truePositive'),
    falsePositive: of('falsePositive'),
    falseNegative: of('falseNegative'),
    trueNegative: of('trueNegative'),
  };
  return { metric, value, influence, why: null };
}

function weighted(weights: PerOutcome, totals: PerOutcome): number {
  return (
    weights.truePositive * totals.truePositive +
    weights.falsePositive * totals.falsePositive +
    weights.falseNegative * totals.falseNegative +
    weights.trueNegative * totals.trueNegative
  );
}
