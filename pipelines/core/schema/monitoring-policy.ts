import { z } from 'zod';
import { Duration } from './duration.ts';
import { FairnessMonitoring } from './fairness-policy.ts';
import { MetricName } from './metric.ts';
import { SliceSearch } from './slice-definition.ts';

/** How production is watched. */
export const MonitoringPolicy = z
  .strictObject({
    window: Duration.default('P1D').describe('Length of a monitoring window'),
    minimumRows: z.int().positive().default(200).describe('Fewer rows than this in a window: insufficient-data'),
    minimumLabels: z.int().positive().default(200).describe('Fewer labelled rows than this: performance is insufficient-data'),
    performanceWindows: z.int().positive().default(7).describe('Realised performance pools this many trailing windows'),
    sampleRows: z.int().positive().default(20_000).describe('Rows of the in-memory sample for exact measures; never stored'),
    falseAlarmBudget: z
      .int()
      .positive()
      .default(90)
      .describe(
        'Windows in which nothing changes to one false alarm, at least: the evidence that alarms of drift and of realised performance need, and what chance may alarm of all limits together',
      ),
    drift: z
      .strictObject({
        method: z.enum(['jensenShannon', 'populationStabilityIndex']).default('jensenShannon'),
        effectFloor: z.number().positive().default(0.1).describe('Smallest distance that may raise an alarm'),
        falseDiscoveryRate: z.number().gt(0).lt(1).default(0.1).describe('Benjamini-Hochberg level over the features of one window'),
      })
      .prefault({}),
    multivariate: z
      .strictObject({
        enabled: z
          .boolean()
          .default(true)
          .describe('Whether a classifier looks for changes of several columns together, on a sample of rows'),
        sampleRows: z
          .int()
          .min(500)
          .default(5000)
          .describe('Rows of the reference that the classifier learns from; of a window it takes a tenth as many'),
        areaFloor: z
          .number()
          .gt(0.5)
          .max(1)
          .default(0.6)
          .describe('Smallest area under the ROC curve, reference against window, that may raise an alarm'),
      })
      .prefault({}),
    vocabulary: z
      .strictObject({
        toleratedIncrease: z
          .number()
          .gt(0)
          .max(1)
          .default(0.02)
          .describe('Text columns: rise of the share of unknown words that the owner accepts'),
      })
      .prefault({}),
    performance: z
      .strictObject({
        metric: MetricName.default('rocAuc'),
        toleratedDrop: z.number().nonnegative().default(0.02).describe('Absolute loss against the promise that the owner accepts'),
      })
      .prefault({}),
    volume: z
      .strictObject({
        toleratedChange: z
          .number()
          .gt(0)
          .default(0.5)
          .describe('Relative change of rows a window against the same weekday of the reference'),
        toleratedGap: z
          .number()
          .gt(0)
          .lt(1)
          .default(0.1)
          .describe(
            'Share of the usual rows that may lie in hours of the day without a row, or in whole days without one; for windows of whole days',
          ),
      })
      .prefault({}),
    slices: SliceSearch.prefault({}),
    fairness: FairnessMonitoring.prefault({}),
    missing: z.strictObject({ toleratedIncrease: z.number().gt(0).max(1).default(0.05) }).prefault({}),
    unseen: z.strictObject({ toleratedShare: z.number().gt(0).max(1).default(0.02) }).prefault({}),
    latency: z.strictObject({ quantile: z.number().gt(0).lt(1).default(0.95), maximumMs: z.number().positive() }).optional(),
    errors: z.strictObject({ maximumShare: z.number().gt(0).max(1) }).optional(),
    incident: z
      .strictObject({
        openAfter: z.int().positive().default(3).describe('Consecutive alert windows that open an incident'),
        closeAfter: z.int().positive().default(3).describe('Consecutive healthy windows that close it'),
        driftAlone: z
          .enum(['issue', 'report'])
          .default('issue')
          .describe(
            'Inputs that moved while no harm is shown: one quiet issue for the model, or the dashboard only. Once results suffer, the issue of the harm names them either way',
          ),
      })
      .prefault({}),
  })
  .meta({ id: 'MonitoringPolicy' });
export type MonitoringPolicy = z.infer<typeof MonitoringPolicy>;
