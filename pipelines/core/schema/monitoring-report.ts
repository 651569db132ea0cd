import { z } from 'zod';
import { Digest } from './digest.ts';
import { DriftEvidence } from './drift-evidence.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { MetricEstimate } from './metric.ts';
import { PromisedChange } from './promised-change.ts';
import { QuarantineCounts } from './quarantine.ts';
import { RemedyTrial } from './remedy-trial.ts';
import { ShadowComparison } from './shadow-comparison.ts';
import { Signal } from './signal.ts';
import { Window } from './window.ts';

/** One window as the watcher saw it. */
export const WindowReport = z
  .strictObject({
    window: Window,
    rows: z.int().nonnegative(),
    labelled: z.int().nonnegative().describe('Rows whose label had arrived by asOf'),
    quarantined: QuarantineCounts,
    signals: z.array(Signal),
    profileDigest: Digest,
  })
  .meta({ id: 'WindowReport' });
export type WindowReport = z.infer<typeof WindowReport>;

/** The champion's metrics on all its labelled windows since its promotion. */
export const SincePromotion = z
  .strictObject({
    version: VersionName,
    range: Window,
    labelledWindows: z.int().nonnegative().describe('Windows whose labels had matured by asOf'),
    metrics: z.array(MetricEstimate),
    change: PromisedChange.optional().describe('Of the agreed metric, window by window. Left out: nothing can be said'),
    comparison: ShadowComparison.optional().describe('Present in the run in which the verification falls due'),
  })
  .meta({ id: 'SincePromotion' });
export type SincePromotion = z.infer<typeof SincePromotion>;

/** What one run of the watcher found: the windows completed since the last watermark. */
export const MonitoringReport = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    asOf: Instant,
    champion: VersionName,
    previousWatermark: Instant.nullable(),
    watermark: Instant.describe('Event time up to which all windows are reported'),
    newLabels: z.int().nonnegative().describe('Labelled rows since the end of the training data of the champion, by asOf'),
    windows: z.array(WindowReport),
    freshness: Signal.optional().describe('Whether the log is as new as its rhythm lets expect; left out: nobody judged'),
    evidence: z
      .strictObject({ before: DriftEvidence, after: DriftEvidence })
      .optional()
      .describe('Of drift: what the first of the windows started from, and what the last leaves. Left out: nobody weighed'),
    trial: RemedyTrial.optional().describe('Remedies that were tried in this run; left out: none was due, or nobody could try'),
    sincePromotion: SincePromotion.optional().describe('Present while a promotion of the champion awaits its verification'),
  })
  .meta({ id: 'MonitoringReport' });
export type MonitoringReport = z.infer<typeof MonitoringReport>;
