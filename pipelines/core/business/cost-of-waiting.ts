import { type ConfusionMatrix, valueOfRows } from '../profile/cube-threshold-metrics.ts';
import type { BusinessValue } from '../schema/business-value.ts';
import type { Interval } from '../schema/interval.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import type { Task } from '../schema/task.ts';
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts';
import { studentTQuantile } from '../statistics/distributions/student-t-quantile.ts';
import type { WindowEffect } from './pooled-value.ts';

/** Money lost a day while nothing is done. `perDay` is null when no loss can be shown; `why` says the reason or the figures behind. */
export interface WaitingCost {
  readonly perDay: number | null;
  readonly interval: Interval | null;
  readonly why: string;
}

export interface WaitingMaterial {
  /** Left out: binary. */
  readonly task?: Task;
  /** Calls on the reference range, from which the promise was made; null when there are none. */
  readonly promised: ConfusionMatrix | null;
  /** Calls of late. */
  readonly observed: ConfusionMatrix;
  readonly worth: BusinessValue;
  readonly rowsPerDay: number;
  /** How much whole windows differ beyond their rows; null or left out: rows count as independent. */
  readonly effect?: WindowEffect | null;
}

const LEVEL = 0.95;

/**
 * Cost of waiting a day = predictions a day × what a prediction is worth less than promised, at the present share of positives.
 *
 * The promise is what the model does with a positive and with a negative row (its true-positive and true-negative rates), each valued by the matrix and weighted with
 * the classes of today: when more rows are positive than then, every model is worth another amount, and no retraining wins that back. Rates are standardised as in
 * direct standardisation (Armitage, Berry, Matthews 2002, section 19.3). The interval adds the four binomial variances, given the share of positives, times the design effect of
 * the windows of late, with Student's t of their number less one: days have a life of their own. Without `effect` rows count as independent, and it is too narrow. When it reaches down to 0 the loss may be nothing, and no number is shown.
 * What a retraining would win back of it is known only when a challenger has been measured on the same rows. O(1).
 *
 * Of a multiclass model rows are right or wrong, which is its own doing and nothing of the world's: nothing is standardised, and its loss is the difference of the mean
 * values of a prediction. A changed mix of its classes is then part of the loss, also where it makes every model worse.
 */
export function costOfWaiting(material: WaitingMaterial): WaitingCost {
  const { promised, observed, worth, rowsPerDay } = material;
  if (promised === null) return nothing('the champion promised no value per prediction.');
  const loss = material.task === 'multiclass' ? plainLoss(promised, observed, worth) : standardisedLoss(promised, observed, worth);
  if (typeof loss === 'string') return nothing(loss);
  const effect = material.effect ?? null;
  const quantile = effect === null ? normalQuantile(0.5 + LEVEL / 2) : studentTQuantile((1 - LEVEL) / 2, effect.windows - 1);
  const half = quantile * Math.sqrt(loss.variance * (effect?.designEffect ?? 1));
  const interval = { lower: rowsPerDay * (loss.shortfall - half), upper: rowsPerDay * (loss.shortfall + half), level: LEVEL };
  const range = `95 % interval ${interval.lower.toFixed(2)} to ${interval.upper.toFixed(2)} ${worth.currency} a day`;
  const rows = `${phraseQuantity(loss.rows, 'labelled row')}, ${phraseQuantity(Math.round(rowsPerDay), 'prediction')} a day, ${loss.mix}`;
  if (interval.lower <= 0) return { perDay: null, interval, why: `No measurable cost of waiting: ${range} (${rows}).` };
  return { perDay: rowsPerDay * loss.shortfall, interval, why: `Cost of waiting: ${range} (${rows}).` };
}

/** What a prediction is worth less than promised. */
interface Loss {
  readonly shortfall: number;
  readonly variance: number;
  readonly rows: number;
  /** e.g. "20.1 % positive" */
  readonly mix: string;
}

function plainLoss(promised: ConfusionMatrix, observed: ConfusionMatrix, worth: BusinessValue): Loss | string {
  const [then, now] = [valueOfRows(promised, worth), valueOfRows(observed, worth)];
  if (then?.standardError == null) return 'the reference range lacks labelled rows.';
  if (now?.standardError == null) return 'labelled rows of late are lacking.';
  const right = (100 * (observed.truePositive + observed.falseNegative)) / now.rows;
  const variance = then.standardError ** 2 + now.standardError ** 2;
  return { shortfall: then.mean - now.mean, variance, rows: now.rows, mix: `${right.toFixed(1)} % right` };
}

function standardisedLoss(promised: ConfusionMatrix, observed: ConfusionMatrix, worth: BusinessValue): Loss | string {
  const [then, now] = [ratesOf(promised), ratesOf(observed)];
  if (then === null) return 'the reference range lacks a class.';
  if (now === null) return 'the labelled rows of late lack a class.';
  const gains = [
    (now.positives / now.rows) * (worth.truePositive - worth.falseNegative),
    (now.negatives / now.rows) * (worth.trueNegative - worth.falsePositive),
  ] as const;
  const shortfall = gains[0] * (then.truePositiveRate - now.truePositiveRate) + gains[1] * (then.trueNegativeRate - now.trueNegativeRate);
  const variance =
    gains[0] ** 2 * (spread(then.truePositiveRate, then.positives) + spread(now.truePositiveRate, now.positives)) +
    gains[1] ** 2 * (spread(then.trueNegativeRate, then.negatives) + spread(now.trueNegativeRate, now.negatives));
  return { shortfall, variance, rows: now.rows, mix: `${((100 * now.positives) / now.rows).toFixed(1)} % positive` };
}

interface Rates {
  readonly rows: number;
  readonly positives: number;
  readonly negatives: number;
  readonly truePositiveRate: number;
  readonly trueNegativeRate: number;
}

function ratesOf({ truePositive, falsePositive, falseNegative, trueNegative }: ConfusionMatrix): Rates | null {
  const positives = truePositive + falseNegative;
  const negatives = trueNegative + falsePositive;
  if (positives === 0 || negatives === 0) return null;
  return {
    rows: positives + negatives,
    positives,
    negatives,
    truePositiveRate: truePositive / positives,
    trueNegativeRate: trueNegative / negatives,
  };
}

function spread(rate: number, rows: number): number {
  return (rate * (1 - rate)) / rows;
}

function nothing(reason: string): WaitingCost {
  return { perDay: null, interval: null, why: `Cost of waiting not shown: ${reason}` };
}
