import { z } from 'zod';
import { Interval } from './interval.ts';

const Count = z.int().nonnegative();

/** How one window was served and used. What is null was not logged or not declared; `why` says which, by part. */
export const ServiceReport = z
  .strictObject({
    latencyMs: z
      .strictObject({
        rows: Count,
        quantiles: z.array(z.strictObject({ quantile: z.number().gt(0).lt(1), value: z.number(), interval: Interval })),
      })
      .nullable(),
    errors: z.strictObject({ failed: Count, share: z.number().min(0).max(1), interval: Interval }).nullable(),
    hours: z.array(Count).length(24).nullable().describe('Predictions by hour of the UTC day'),
    regions: z
      .array(z.strictObject({ region: z.string().nullable(), rows: Count }))
      .nullable()
      .describe('Predictions by region, most first; null: all others, among them regions of too few rows to be shown'),
    cost: z.strictObject({ perPrediction: z.number(), total: z.number(), currency: z.string() }).nullable(),
    why: z.partialRecord(z.enum(['latencyMs', 'errors', 'hours', 'regions', 'cost']), z.string()),
  })
  .meta({ id: 'ServiceReport' });
export type ServiceReport = z.infer<typeof ServiceReport>;
