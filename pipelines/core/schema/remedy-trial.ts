import { z } from 'zod';
import { VersionName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { Interval } from './interval.ts';
import { MetricEstimate } from './metric.ts';
import { Window } from './window.ts';

/** One thing that could be done for a model, tried on labelled rows before anything is proposed. */
export const TriedRemedy = z
  .strictObject({
    kind: z.enum(['retrain', 'roll-back', 'recalibrate']),
    name: z.string().describe('Name of the challenger, or the archived version, or the champion'),
    estimate: MetricEstimate.describe('Of the monitored metric, on the rows of the trial'),
    improvement: z.number().nullable().describe('On the champion on the same rows, signed so that positive is better'),
    interval: Interval.nullable().describe('Of the improvement'),
    helps: z.boolean().describe('roll-back: the whole interval of the improvement lies above 0; others: it would pass the gate'),
    behind: z.string().optional().describe('Of a challenger: name of the one that a retraining would take instead'),
    why: z.string(),
  })
  .meta({ id: 'TriedRemedy' });
export type TriedRemedy = z.infer<typeof TriedRemedy>;

/** Champion and remedies on the same newest labelled rows, which none of them was trained on. Nothing of a trial is ever deployed. */
export const RemedyTrial = z
  .strictObject({
    at: Instant,
    champion: VersionName,
    look: z.int().positive().optional().describe('The how-manieth trial of this champion; left out: the first'),
    range: Window.describe('The rows of the trial'),
    rows: z.int().nonnegative(),
    estimate: MetricEstimate.describe('The champion on these rows'),
    remedies: z.array(TriedRemedy),
  })
  .meta({ id: 'RemedyTrial' });
export type RemedyTrial = z.infer<typeof RemedyTrial>;
