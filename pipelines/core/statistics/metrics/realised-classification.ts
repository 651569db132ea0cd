import type { ClassificationMetric } from '../estimation/estimated-classification.ts';
import { type OutcomeWorth, outcomeMetrics, outcomeTotals } from './outcome-metrics.ts';
import { rankingMetrics } from './ranking-metrics.ts';
import { rocAuc } from './roc-auc.ts';
import { scoreLosses } from './score-losses.ts';

/** Labelled predictions: score, label 1 or 0, called positive 1 or 0. */
export interface LabelledCalls {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  readonly called: Uint8Array;
}

/** A metric of labelled rows with its standard error as a sample of production; null with the reason where it cannot be computed. */
export interface RealisedMetric<Name extends string = ClassificationMetric> {
  readonly metric: Name;
  readonly value: number | null;
  readonly standardError: number | null;
  readonly why: string | null;
}

/**
 * Exact metrics of labelled rows, each with its standard error.
 *
 * ROC AUC: DeLong (`rocAuc`). All others √Σ influence² over rows: √(p(1 − p)/rows below the line) for accuracy, precision, recall, specificity
 * and the shares of the confusion matrix, the delta method for F1 and average precision, spread over √n for value and losses. Equal scores stand
 * together. A model that calls nothing positive has F1 0, not a gap, as long as some row is positive. Assumes independent rows. O(n log n).
 */
export function realisedClassification({ scores, labels, called }: LabelledCalls, worth?: OutcomeWorth): RealisedMetric[] {
  const groups = { scores, rows: new Float64Array(scores.length).fill(1), positive: labels, called };
  const totals = outcomeTotals(groups);
  const byRow = [...rankingMetrics(groups), ...scoreLosses(groups)].map(({ metric, value, why, ifPositive, ifNegative }) => {
    let squares = 0;
    for (let row = 0; row < labels.length; row += 1) squares += ((labels[row] === 1 ? ifPositive[row] : ifNegative[row]) ?? 0) ** 2;
    return { metric, value, standardError: value === null ? null : Math.sqrt(squares), why };
  });
  const outcomes = outcomeMetrics(totals, worth).map(({ metric, value, why, influence }) => {
    const squares =
      totals.truePositive * influence.truePositive ** 2 +
      totals.falsePositive * influence.falsePositive ** 2 +
      totals.falseNegative * influence.falseNegative ** 2 +
      totals.trueNegative * influence.trueNegative ** 2;
    return { metric, value, standardError: value === null ? null : Math.sqrt(squares), why };
  });
  const area = rocAuc(scores, labels)?.standardError ?? null;
  return [...byRow, ...outcomes].map((each) => (each.metric === 'rocAuc' ? { ...each, standardError: area } : each));
}
