import { z } from 'zod';
import { VersionName } from './identifiers.ts';
import { Interval } from './interval.ts';
import { Window } from './window.ts';

export const SignalKind = z
  .enum([
    'data-drift',
    'prediction-drift',
    'missing-values',
    'unseen-values',
    'out-of-range',
    'data-quality',
    'schema',
    'unit-slip',
    'duplicates',
    'clock',
    'freshness',
    'serving-skew',
    'folded-values',
    'volume',
    'latency',
    'errors',
    'realised-performance',
    'estimated-performance',
    'business-value',
  ])
  .meta({ id: 'SignalKind' });
export type SignalKind = z.infer<typeof SignalKind>;

export const SignalStatus = z.enum(['ok', 'warning', 'alert', 'insufficient-data']).meta({ id: 'SignalStatus' });
export type SignalStatus = z.infer<typeof SignalStatus>;

/** The level that a value is held against. */
export const Threshold = z
  .strictObject({
    operator: z.enum(['>', '<']).describe('The value is bad when it is > or < the level'),
    level: z.number(),
    rule: z.string().describe('Where the level comes from, in words'),
  })
  .meta({ id: 'Threshold' });
export type Threshold = z.infer<typeof Threshold>;

/** Evidence of drift, held against the false-alarm budget. */
export const SignalEvidence = z
  .strictObject({
    eValue: z
      .number()
      .nonnegative()
      .nullable()
      .describe('Of this subject in this window alone: 1 says nothing, more speaks for a drift; null: not weighed'),
    total: z.number().nonnegative().describe('Of the model, over all windows and columns so far'),
    budget: z.number().positive().describe('The total from which on drift may alert'),
  })
  .meta({ id: 'SignalEvidence' });
export type SignalEvidence = z.infer<typeof SignalEvidence>;

/** One measured statement about one window. An alert needs evidence, an effect above its floor and enough rows. */
export const Signal = z
  .strictObject({
    id: z.string().describe('<kind>/<subject>/<window id>: names one statement for ever'),
    kind: SignalKind,
    subject: z.string().describe('The column, metric or stream that the statement is about'),
    method: z.string(),
    window: Window.describe('The rows that were measured; may span several monitoring windows'),
    modelVersion: VersionName.nullable(),
    value: z.number().nullable().describe('null when it cannot be computed'),
    reference: z.number().nullable().describe('The same measure on the reference, where it exists'),
    interval: Interval.nullable(),
    pValue: z.number().min(0).max(1).nullable(),
    evidence: SignalEvidence.optional().describe('Where alerts wait for evidence over time'),
    threshold: Threshold.nullable(),
    sampleSize: z.int().nonnegative(),
    status: SignalStatus,
    why: z.string().describe('One sentence that a person understands'),
  })
  .meta({ id: 'Signal' });
export type Signal = z.infer<typeof Signal>;
