import { type CallTable, type ConfusionFigure, type ConfusionMetric, confusionMetrics, ratioFigure } from './confusion-metrics.ts';

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
    const count = rows[at] ?? 0;
    const share = positive[at] ?? 0;
    if (called[at] === 1) {
      sums.truePositive += count * share;
      sums.falsePositive += count * (1 - share);
    } else {
      sums.falseNegative += count * share;
      sums.trueNegative += count * (1 - share);
    }
  }
  return sums;
}

/**
 * The binary reading of `confusionMetrics`: accuracy, F1, precision, recall and specificity of the positive class, the four shares of the confusion matrix and, with `worth`, the value per prediction, each with its
 * influences by outcome. O(1).
 *
 * @example outcomeMetrics({ truePositive: 3, falsePositive: 1, falseNegative: 1, trueNegative: 5 })[0]?.value; // => 0.8
 */
export function outcomeMetrics(totals: PerOutcome, worth?: OutcomeWorth): OutcomeFigure[] {
  const table = tableOf(totals);
  const figures = confusionMetrics(table, { positive: 1, ...(worth === undefined ? {} : { worth: tableOf(worth) }) });
  const shares = SHARES.map(([metric, actual, called]) =>
    ratioFigure(metric, table, [{ top: (i, j) => Number(i === actual && j === called), below: () => 1, lack: '' }]),
  );
  const outcomes = figures.flatMap((figure) => (isOutcome(figure) ? [figure] : []));
  const isValue = ({ metric }: { readonly metric: OutcomeMetric }) => metric === 'valuePerPrediction';
  return [...outcomes.filter((each) => !isValue(each)), ...shares, ...outcomes.filter(isValue)].map(
    ({ metric, value, influence, why }) => ({
      metric,
      value,
      influence: ofTable(influence),
      why,
    }),
  );
}

const SHARES: readonly (readonly [OutcomeShare, number, number])[] = [
  ['truePositiveShare', 1, 1],
  ['falsePositiveShare', 0, 1],
  ['falseNegativeShare', 1, 0],
  ['trueNegativeShare', 0, 0],
];

/** Of two classes the balance of F1 and the correlation are not asked for. */
function isOutcome(figure: ConfusionFigure): figure is ConfusionFigure<Exclude<ConfusionMetric, 'weightedF1' | 'matthews'>> {
  return figure.metric !== 'weightedF1' && figure.metric !== 'matthews';
}

/** Class 1 is the positive one. */
function tableOf({ truePositive, falsePositive, falseNegative, trueNegative }: PerOutcome): CallTable {
  return [
    [trueNegative, falsePositive],
    [falseNegative, truePositive],
  ];
}

function ofTable([negative, positive]: CallTable): PerOutcome {
  return {
    truePositive: positive?.[1] ?? 0,
    falsePositive: negative?.[1] ?? 0,
    falseNegative: positive?.[0] ?? 0,
    trueNegative: negative?.[0] ?? 0,
  };
}
