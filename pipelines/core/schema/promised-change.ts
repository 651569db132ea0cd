import { z } from 'zod';
import { Interval } from './interval.ts';
import { MetricName } from './metric.ts';

/** How the windows since a promotion differ from those in which the metric was promised, each window one value. */
export const PromisedChange = z
  .strictObject({
    metric: MetricName,
    change: z.number().describe('Mean of the windows less the mean of those in which it was promised'),
    interval: Interval.nullable().describe('Holds at every look, not at one alone; null: so few windows leave any change possible'),
    windows: z.int().positive(),
    referenceWindows: z.int().positive(),
  })
  .meta({ id: 'PromisedChange' });
export type PromisedChange = z.infer<typeof PromisedChange>;
