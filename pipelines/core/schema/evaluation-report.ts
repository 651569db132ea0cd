import { z } from 'zod';
import { Digest } from './digest.ts';
import { AttributeReport, SliceReport } from './group-report.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { Interval } from './interval.ts';
import { MetricEstimate, MetricName } from './metric.ts';
import { DatasetFacts } from './training-spec.ts';

/** One contender's figures on the held-out rows. */
export const Contender = z
  .strictObject({
    name: z.string().describe('champion, baseline, or the name of a challenger'),
    version: VersionName.nullable(),
    artifactDigest: Digest.nullable().describe('null for the baseline'),
    trainedOn: DatasetFacts.nullable(),
    metrics: z.array(MetricEstimate),
    latencyMs: z.number().nonnegative().nullable().describe('Median time to score one row'),
    bytes: z.int().nonnegative(),
  })
  .meta({ id: 'Contender' });
export type Contender = z.infer<typeof Contender>;

/** The paired difference challenger − champion on the same rows, signed so that positive is better. */
export const PairedComparison = z
  .strictObject({
    challenger: z.string(),
    metric: MetricName,
    improvement: z.number().nullable(),
    interval: Interval.nullable(),
    replicates: z.int().nonnegative(),
    sampleSize: z.int().nonnegative(),
    method: z.string(),
    why: z.string().nullable().describe('Why there is no figure'),
  })
  .meta({ id: 'PairedComparison' });
export type PairedComparison = z.infer<typeof PairedComparison>;

/** Champion, baseline and challengers on the same newest labelled rows, on which none of them was trained. */
export const EvaluationReport = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    version: VersionName,
    asOf: Instant,
    heldOut: DatasetFacts,
    baseline: Contender,
    champion: Contender.nullable(),
    challengers: z.array(Contender).min(1),
    selected: z.string().describe('Name of the challenger that goes to the gate'),
    selectedBecause: z.string(),
    comparisons: z.array(PairedComparison),
    slices: SliceReport.optional().describe('Where the selected challenger errs; left out by reports from before slices were measured'),
    fairness: z.array(AttributeReport).optional().describe('Groups of the protected columns; left out where there are none'),
    backend: z.string().describe('Engine that trained and scored, e.g. "tfjs-wasm 4.22.0"'),
  })
  .meta({ id: 'EvaluationReport' });
export type EvaluationReport = z.infer<typeof EvaluationReport>;
