import { z } from 'zod';
import { VersionName } from './identifiers.ts';
import { Interval } from './interval.ts';
import { MetricEstimate } from './metric.ts';

/**
 * How the version before the champion would have done: Holdfast scores rows that the champion scored in production with the earlier
 * version too ("in the shadow"), so that hard weeks cannot be mistaken for a bad promotion.
 */
export const ShadowComparison = z
  .strictObject({
    version: VersionName.describe('The version that served before the champion'),
    estimate: MetricEstimate.describe("That version's metric on the compared rows"),
    improvement: z.number().nullable().describe('Champion − that version on the same rows, signed so that positive is better'),
    interval: Interval.nullable().describe('Of the improvement'),
    replicates: z.int().nonnegative(),
    method: z.string(),
    why: z.string().nullable().describe('Why there is no figure'),
  })
  .meta({ id: 'ShadowComparison' });
export type ShadowComparison = z.infer<typeof ShadowComparison>;
