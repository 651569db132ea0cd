import { z } from 'zod';
import { EstimatedFigures } from './estimated-figures.ts';
import { VersionName } from './identifiers.ts';
import { Interval } from './interval.ts';
import { Window } from './window.ts';

export const SignalKind = z
  .enum([
    'data-drift',
    'prediction-drift',
    'multivariate-drift',
    'vocabulary',
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
    'slice-performance',
    'fairness',
    'label-agreement',
  ])
  .meta({ id: 'SignalKind' });
export type SignalKind = z.infer<typeof SignalKind>;

/** Statements that the world has moved. They share one evidence over time, and none of them alone asks for a retraining. */
export const DRIFT_KINDS: ReadonlySet<SignalKind> = new Set(['data-drift', 'prediction-drift', 'multivariate-drift', 'vocabulary']);

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

/** One thing that a statement rests on: a column by its importance, a word by its evidence. */
export const SignalPart = z
  .strictObject({
    name: z.string(),
    value: z.number().describe('What parts are ordered by, largest first'),
    reference: z
      .number()
      .nullable()
      .describe('Rows of it in the reference sample, where rows are counted; null also for fewer than privacy.minimumCount'),
    current: z.number().nullable().describe('Rows of it in the sample of the window'),
  })
  .meta({ id: 'SignalPart' });
export type SignalPart = z.infer<typeof SignalPart>;

/** What the drift of a column means for the model. */
export const DriftImpact = z
  .strictObject({
    rank: z.int().positive().describe('1: the drifted column to look at first'),
    importance: z.number().nullable().describe('How much the loss of the version rises when the column is shuffled; null: not measured'),
    lossChange: z
      .number()
      .nullable()
      .describe('How much the mean loss would rise if only this column had its current mix; null: not known'),
    lossError: z.number().nonnegative().nullable().optional().describe('Standard error of that change; null: not known'),
    isBeyondChance: z.boolean().optional().describe('Whether that change cannot be chance; left out by signals from before it was asked'),
    shareOfDrop: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('Of the rise that drifted columns explain beyond chance; null: they explain none, or its own part may be chance'),
  })
  .meta({ id: 'DriftImpact' });
export type DriftImpact = z.infer<typeof DriftImpact>;

/** An estimate made again with the reference weighted to look like the window: what the rows are, and not only their scores, speaks in it. */
export const SecondOpinion = z
  .strictObject({
    value: z.number().nullable().describe('null: too little of the reference looks like the window, see why'),
    interval: Interval.nullable(),
    agrees: z.boolean().nullable().describe('Whether it differs from the estimate by no more than chance explains; null: there is none'),
    referenceRows: z.int().nonnegative().describe('Labelled rows of the reference that were weighted'),
    effectiveRows: z.number().nonnegative().describe('As many equal rows would tell as much: (Σw)² / Σw²'),
    outOfSupport: z.number().min(0).max(1).describe('Share of the rows of the window that have hardly a counterpart in the reference'),
    why: z.string().describe('One sentence that a person understands'),
  })
  .meta({ id: 'SecondOpinion' });
export type SecondOpinion = z.infer<typeof SecondOpinion>;

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
    parts: z.array(SignalPart).max(20).optional().describe('What it is made of, most important first, at most twenty'),
    impact: DriftImpact.optional().describe('Of a column that drifted'),
    estimates: EstimatedFigures.optional().describe('Of the agreed metric, estimated: every other metric of the same rows'),
    secondOpinion: SecondOpinion.optional().describe('Of an estimate, where columns together tell the window from the reference'),
    sampleSize: z.int().nonnegative(),
    status: SignalStatus,
    why: z.string().describe('One sentence that a person understands'),
  })
  .meta({ id: 'Signal' });
export type Signal = z.infer<typeof Signal>;
