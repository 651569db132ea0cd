import { cubeMetrics } from '../profile/cube-metrics.ts';
import { cubeOf } from '../profile/label-cube.ts';
import type { MetricEstimate } from '../schema/metric.ts';
import type { BusinessValue } from '../schema/model-definition.ts';
import type { Window } from '../schema/window.ts';
import { squaredErrors } from '../statistics/brier.ts';
import { logLosses } from '../statistics/log-loss.ts';
import { normalInterval } from '../statistics/normal-interval.ts';
import { rocAuc } from '../statistics/roc-auc.ts';
import { weightedMoments } from '../statistics/weighted-moments.ts';

/** Scores in [0, 1] and labels (1, 0) of the same rows. */
export interface ScoredLabels {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  /** Left out: calls are made at 0.5 and no value is computed. */
  readonly businessValue?: BusinessValue | undefined;
}

/** A cube needs a window to be stored under; this one is never stored. */
const ANY_WINDOW: Window = { start: '1970-01-01T00:00:00Z', end: '1970-01-02T00:00:00Z' };

/**
 * All metrics with 95 % intervals. ROC AUC, log loss and Brier score are exact; the others come from the label cube, as the watcher computes them later,
 * so that promised and observed are the same measure. A metric that cannot be computed has value null and says why.
 */
export function estimateMetrics(rows: ScoredLabels): MetricEstimate[] {
  const cube = cubeOf({ scores: rows.scores, labels: rows.labels, window: ANY_WINDOW, modelVersion: null });
  return cubeMetrics(cube, rows.businessValue).map((estimate) => {
    if (estimate.value === null) return estimate;
    if (estimate.metric === 'rocAuc') return { ...estimate, ...exactArea(rows) };
    if (estimate.metric === 'logLoss') return { ...estimate, ...exactMean(logLosses(rows.scores, rows.labels)) };
    if (estimate.metric === 'brier') return { ...estimate, ...exactMean(squaredErrors(rows.scores, rows.labels)) };
    return estimate;
  });
}

type Exact = Pick<MetricEstimate, 'value' | 'interval' | 'method'>;

function exactArea({ scores, labels }: ScoredLabels): Exact {
  const estimate = rocAuc(scores, labels);
  const value = estimate?.area ?? null;
  const standardError = estimate?.standardError ?? null;
  const interval = value === null || standardError === null ? null : normalInterval({ value, standardError, minimum: 0, maximum: 1 });
  return { value, interval, method: 'Mann-Whitney with midranks, DeLong interval' };
}

function exactMean(losses: Float64Array): Exact {
  const moments = weightedMoments(Array.from(losses, (value) => ({ value, weight: 1 })));
  const value = moments?.mean ?? null;
  const standardError = moments?.standardError ?? null;
  const interval = value === null || standardError === null ? null : normalInterval({ value, standardError, minimum: 0 });
  return { value, interval, method: 'Mean over rows, normal interval' };
}
