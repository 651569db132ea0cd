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
    'volume',
    'latency',
    'errors',
    'realised-performance',
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
    threshold: Threshold.nullable(),
    sampleSize: z.int().nonnegative(),
    status: SignalStatus,
    why: z.string().describe('One sentence that a person understands'),
  })
  .meta({ id: 'Signal' });
export type Signal = z.infer<typeof Signal>;
