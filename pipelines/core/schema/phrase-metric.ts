import type { MetricEstimate, MetricName } from './metric.ts';
import { phraseCount, phraseInterval, phraseNumber } from './phrase-number.ts';

interface MetricWords {
  readonly name: string;
  readonly digits: number;
  readonly meaning: string;
}

/** How each metric is called, rounded and explained in every text and on every page. */
export const METRIC_WORDS: Readonly<Record<MetricName, MetricWords>> = {
  rocAuc: { name: 'AUC', digits: 3, meaning: 'How often a positive case is ranked above a negative one; 0.5 is chance, 1 is perfect.' },
  averagePrecision: {
    name: 'Average precision',
    digits: 3,
    meaning: 'Precision averaged over every recall that a threshold can reach; a model without skill has the share of positives.',
  },
  accuracy: { name: 'Accuracy', digits: 3, meaning: 'Share of cases that were called correctly.' },
  macroF1: { name: 'Macro F1', digits: 3, meaning: 'F1 of each class, averaged with equal weight.' },
  logLoss: { name: 'Log-loss', digits: 4, meaning: 'How surprised the model was by what happened; smaller is better.' },
  brier: { name: 'Brier score', digits: 4, meaning: 'Mean squared distance between probability and outcome; smaller is better.' },
  expectedCalibrationError: {
    name: 'Calibration error',
    digits: 4,
    meaning: 'How far the stated probabilities are from observed frequencies; smaller is better.',
  },
  f1: { name: 'F1', digits: 3, meaning: 'Harmonic mean of precision and recall.' },
  precision: { name: 'Precision', digits: 3, meaning: 'Share of positive calls that were right.' },
  recall: { name: 'Recall', digits: 3, meaning: 'Share of positive cases that were found.' },
  specificity: { name: 'Specificity', digits: 3, meaning: 'Share of negative cases that were called negative.' },
  meanAbsoluteError: {
    name: 'Mean absolute error',
    digits: 2,
    meaning: 'Mean distance between the predicted and the true value, in units of the label; smaller is better.',
  },
  rootMeanSquaredError: {
    name: 'Root mean squared error',
    digits: 2,
    meaning: 'Like the mean absolute error, with large errors weighing more; smaller is better.',
  },
  rSquared: { name: 'R²', digits: 3, meaning: 'Share of the variance of the label that the predictions explain; 1 is perfect.' },
  valuePerPrediction: {
    name: 'Value per prediction',
    digits: 3,
    meaning: 'Mean money that one prediction brings, by the value table of the definition.',
  },
};

/** 'AUC', or the text itself when it is no metric of ours. */
export function metricName(metric: string): string {
  return isMetric(metric) ? METRIC_WORDS[metric].name : metric;
}

/** Metrics in units of the label: they have no natural size, so their digits follow the figure. */
const SIZED: ReadonlySet<string> = new Set<MetricName>(['meanAbsoluteError', 'rootMeanSquaredError']);
const LARGEST_DIGITS = 8;

/**
 * Digits after the point for a metric; 3 for a text that is no metric of ours. Of metrics in units of the label they follow `size`, a figure of the kind that is shown
 * (189.53, 0.0123, 1,234,568): two, more below 1 so that three figures tell, fewer from ten thousand on.
 */
export function metricDigits(metric: string, size: number | null = null): number {
  if (!isMetric(metric)) return 3;
  const { digits } = METRIC_WORDS[metric];
  if (!SIZED.has(metric) || size === null || size === 0 || !Number.isFinite(size)) return digits;
  const order = Math.floor(Math.log10(Math.abs(size)));
  if (order < 0) return Math.min(LARGEST_DIGITS, 2 - order);
  return order < 4 ? 2 : order === 4 ? 1 : 0;
}

/** '0.610 (0.604 to 0.616, n 112,034)', or why there is no figure. */
export function phraseEstimate(estimate: MetricEstimate): string {
  const digits = metricDigits(estimate.metric, estimate.value);
  if (estimate.value === null) return `not computed: ${estimate.why ?? 'no reason given'}`;
  const interval = estimate.interval === null ? '' : `${phraseInterval(estimate.interval, digits)}, `;
  return `${phraseNumber(estimate.value, digits)} (${interval}n ${phraseCount(estimate.sampleSize)})`;
}

function isMetric(text: string): text is MetricName {
  return Object.hasOwn(METRIC_WORDS, text);
}
