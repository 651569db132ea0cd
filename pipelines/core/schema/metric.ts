import { z } from 'zod';
import { Interval } from './interval.ts';

/** Metrics that Holdfast computes from scores and labels. Names are the field's. */
export const MetricName = z
  .enum(['rocAuc', 'accuracy', 'logLoss', 'brier', 'expectedCalibrationError', 'f1', 'precision', 'recall', 'valuePerPrediction'])
  .meta({ id: 'MetricName' });
export type MetricName = z.infer<typeof MetricName>;

/** Whether a larger value of a metric is better. */
export const HIGHER_IS_BETTER: Readonly<Record<MetricName, boolean>> = {
  rocAuc: true,
  accuracy: true,
  logLoss: false,
  brier: false,
  expectedCalibrationError: false,
  f1: true,
  precision: true,
  recall: true,
  valuePerPrediction: true,
};

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
