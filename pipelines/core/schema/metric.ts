import { z } from 'zod';
import { Interval } from './interval.ts';
import type { Task } from './task.ts';

/** Metrics that Holdfast computes from scores and labels. Names are the field's. */
export const MetricName = z
  .enum([
    'rocAuc',
    'averagePrecision',
    'accuracy',
    'macroF1',
    'logLoss',
    'brier',
    'expectedCalibrationError',
    'f1',
    'precision',
    'recall',
    'specificity',
    'meanAbsoluteError',
    'rootMeanSquaredError',
    'rSquared',
    'valuePerPrediction',
  ])
  .meta({ id: 'MetricName' });
export type MetricName = z.infer<typeof MetricName>;

/** Whether a larger value of a metric is better. */
export const HIGHER_IS_BETTER: Readonly<Record<MetricName, boolean>> = {
  rocAuc: true,
  averagePrecision: true,
  accuracy: true,
  macroF1: true,
  logLoss: false,
  brier: false,
  expectedCalibrationError: false,
  f1: true,
  precision: true,
  recall: true,
  specificity: true,
  meanAbsoluteError: false,
  rootMeanSquaredError: false,
  rSquared: true,
  valuePerPrediction: true,
};

const METRICS: Readonly<Record<Task, readonly MetricName[]>> = {
  binary: [
    'rocAuc',
    'averagePrecision',
    'accuracy',
    'logLoss',
    'brier',
    'expectedCalibrationError',
    'f1',
    'precision',
    'recall',
    'specificity',
    'valuePerPrediction',
  ],
  multiclass: ['accuracy', 'macroF1', 'brier', 'expectedCalibrationError', 'valuePerPrediction'],
  regression: ['meanAbsoluteError', 'rootMeanSquaredError', 'rSquared'],
};

/**
 * The metrics that a task has, in the order in which they are shown. Brier score and calibration error of a multiclass model are those of the
 * confidence in the class that it called.
 */
export function metricsOf(task: Task): readonly MetricName[] {
  return METRICS[task];
}

/** A measured metric: never without its sample size; `value` is null when it cannot be computed, and `why` says the reason. */
export const MetricEstimate = z
  .strictObject({
    metric: MetricName,
    value: z.number().nullable(),
    interval: Interval.nullable(),
    sampleSize: z.int().nonnegative(),
    positives: z.int().nonnegative(),
    method: z.string().describe('How value and interval were computed, e.g. "Mann-Whitney, DeLong interval"'),
    why: z.string().nullable(),
  })
  .meta({ id: 'MetricEstimate' });
export type MetricEstimate = z.infer<typeof MetricEstimate>;
