import { cubeMetrics } from '../profile/cube-metrics.ts';
import { cubeOf } from '../profile/label-cube.ts';
import type { BusinessValue } from '../schema/business-value.ts';
import type { MetricEstimate } from '../schema/metric.ts';
import type { Task } from '../schema/task.ts';
import type { Window } from '../schema/window.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import { weightedMoments } from '../statistics/intervals/weighted-moments.ts';
import { averagePrecisionInterval } from '../statistics/metrics/average-precision-interval.ts';
import { squaredErrors } from '../statistics/metrics/brier.ts';
import { logLosses } from '../statistics/metrics/log-loss.ts';
import { rocAuc } from '../statistics/metrics/roc-auc.ts';

/** Predictions and labels of the same rows, as a RowTable of the task holds them. */
export interface ScoredLabels {
  /** Left out: binary. */
  readonly task?: Task | undefined;
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  /** Multiclass only, and needed there: place of the called class. */
  readonly predicted?: Float64Array | undefined;
  /** Left out: calls are made at 0.5 and no value is computed. */
  readonly businessValue?: BusinessValue | undefined;
}

/** A cube needs a window to be stored under; this one is never stored. */
const ANY_WINDOW: Window = { start: '1970-01-01T00:00:00Z', end: '1970-01-02T00:00:00Z' };

/**
 * All metrics of the task with 95 % intervals. ROC AUC, average precision, log loss and Brier score are exact; the others come from the label cube, as the watcher
 * computes them later, so that promised and observed are the same measure. A metric that cannot be computed has value null and says why.
 */
export function estimateMetrics(rows: ScoredLabels): MetricEstimate[] {
  const task = rows.task ?? 'binary';
  const cube = cubeOf({ ...rows, task, window: ANY_WINDOW, modelVersion: null });
  const isWhole = cube.labelled === rows.labels.length;
  return cubeMetrics(cube, { task, businessValue: rows.businessValue }).map((estimate) =>
    estimate.value === null || !isWhole ? estimate : { ...estimate, ...exactFigure(estimate.metric, rows) },
  );
}

/** Of a multiclass model: 1 where the called class was right. Otherwise the labels themselves. */
export function outcomesOf({ task, labels, predicted }: ScoredLabels): Float64Array {
  return task === 'multiclass' ? labels.map((label, row) => Number(predicted?.[row] === label)) : labels;
}

type Exact = Pick<MetricEstimate, 'value' | 'interval' | 'method'>;

function exactFigure(metric: MetricEstimate['metric'], rows: ScoredLabels): Exact | null {
  const outcomes = outcomesOf(rows);
  if (metric === 'rocAuc') return exactArea(rows.scores, outcomes);
  if (metric === 'averagePrecision') return exactPrecision(rows.scores, outcomes);
  if (metric === 'logLoss') return exactMean(logLosses(rows.scores, outcomes));
  return metric === 'brier' ? exactMean(squaredErrors(rows.scores, outcomes)) : null;
}

function exactArea(scores: Float64Array, labels: Float64Array): Exact {
  const estimate = rocAuc(scores, labels);
  const value = estimate?.area ?? null;
  const standardError = estimate?.standardError ?? null;
  const interval = value === null || standardError === null ? null : normalInterval({ value, standardError, minimum: 0, maximum: 1 });
  return { value, interval, method: 'Mann-Whitney with midranks, DeLong interval' };
}

function exactPrecision(scores: Float64Array, labels: Float64Array): Exact {
  const found = averagePrecisionInterval({ scores, labels, rows: new Float64Array(scores.length).fill(1) });
  const method = 'Precision over recall steps, delta-method interval on the logit scale';
  return { value: found?.value ?? null, interval: found?.interval ?? null, method };
}

function exactMean(losses: Float64Array): Exact {
  const moments = weightedMoments(Array.from(losses, (value) => ({ value, weight: 1 })));
  const value = moments?.mean ?? null;
  const standardError = moments?.standardError ?? null;
  const interval = value === null || standardError === null ? null : normalInterval({ value, standardError, minimum: 0 });
  return { value, interval, method: 'Mean over rows, normal interval' };
}
