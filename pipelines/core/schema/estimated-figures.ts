import { z } from 'zod';
import { Interval } from './interval.ts';
import { MetricName } from './metric.ts';

/** A metric as the labels of these rows would probably give it. */
export const EstimatedFigure = z.strictObject({
  metric: MetricName.describe('Of several classes: averaged over them with equal weight, but accuracy and value'),
  value: z.number(),
  interval: Interval.nullable(),
  promise: z.number().nullable().describe('What the version promised of it; null: nothing'),
});
export type EstimatedFigure = z.infer<typeof EstimatedFigure>;

/** A cell of the confusion matrix, as a share of all rows. */
export const EstimatedOutcome = z.strictObject({
  called: z.string().describe('The label that the model gives'),
  actual: z.string().describe('The label that will come'),
  share: z.number().min(0).max(1),
  interval: Interval.nullable(),
});
export type EstimatedOutcome = z.infer<typeof EstimatedOutcome>;

/** Every metric and the confusion matrix of rows whose labels are not in. Kept of the newest windows only. */
export const EstimatedFigures = z
  .strictObject({
    rows: z.int().nonnegative(),
    rowsByClass: z
      .int()
      .nonnegative()
      .optional()
      .describe('Of several classes: of these rows, those that figures by class were drawn from'),
    whyNoClasses: z.string().optional().describe('Of several classes: why there are no figures by class'),
    metrics: z.array(EstimatedFigure).max(20),
    confusion: z.array(EstimatedOutcome).max(400).describe('By label called, then by label to come; empty: not estimated'),
  })
  .meta({ id: 'EstimatedFigures' });
export type EstimatedFigures = z.infer<typeof EstimatedFigures>;
