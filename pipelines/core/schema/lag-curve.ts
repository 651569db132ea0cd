import { z } from 'zod';
import { Instant } from './instant.ts';

/** [seconds, share of the labels that have come by then, its 95 % bounds, the same share of positive labels and of negative ones]. */
export const LagPoint = z.tuple([
  z.int().positive(),
  z.number().min(0).max(1),
  z.number().min(0).max(1),
  z.number().min(0).max(1),
  z.number().min(0).max(1).nullable(),
  z.number().min(0).max(1).nullable(),
]);
export type LagPoint = z.infer<typeof LagPoint>;

/** How late labels come, of those that come within the longest lag that could be seen. */
export const LagCurve = z
  .strictObject({
    asOf: Instant,
    labels: z.int().positive().describe('Labels that it is learnt from'),
    positives: z.number().min(0).max(1).nullable().describe('Share of positives once all labels are in; null where the task has none'),
    points: z.array(LagPoint).min(1).describe('Ascending; the share of the last is 1: later labels could not be seen'),
  })
  .meta({ id: 'LagCurve' });
export type LagCurve = z.infer<typeof LagCurve>;
