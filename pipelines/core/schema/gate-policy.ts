import { z } from 'zod';
import { FairnessGate, SliceGate } from './fairness-policy.ts';
import { MetricName } from './metric.ts';

/** One rule of the gate. `absolute` compares the challenger with a number, `relative` compares it with the champion. */
export const GateRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('absolute'),
      metric: MetricName,
      operator: z.enum(['>=', '<=']),
      value: z.number(),
    }),
    z.strictObject({
      kind: z.literal('relative'),
      metric: MetricName,
      minimumImprovement: z
        .number()
        .describe(
          'The lower bound of the paired interval of the improvement must reach this (0: better for sure; negative: not worse by more than)',
        ),
    }),
  ])
  .meta({ id: 'GateRule' });
export type GateRule = z.infer<typeof GateRule>;

/** What a challenger must show before it may be merged. */
export const GatePolicy = z
  .strictObject({
    rules: z.array(GateRule).describe('No rules: the gate fails'),
    minimumLabels: z.int().positive().default(1000),
    minimumPositives: z.int().positive().default(100),
    bootstrapReplicates: z.int().min(100).max(10_000).default(500),
    confidence: z.number().gt(0.5).lt(1).default(0.95),
    slices: SliceGate.prefault({}),
    fairness: FairnessGate.prefault({}),
    maximumLatencyMs: z.number().positive().default(5).describe('Median time to score one row'),
    maximumBytes: z.int().positive().default(5_000_000).describe('Size of the artifact'),
  })
  .meta({ id: 'GatePolicy' });
export type GatePolicy = z.infer<typeof GatePolicy>;
