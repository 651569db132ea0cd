import { z } from 'zod';
import { BusinessReport } from './business-report.ts';
import { Decision } from './decision.ts';
import { Digest } from './digest.ts';
import { DriftEvidence } from './drift-evidence.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { Incident } from './incident.ts';
import { Instant } from './instant.ts';
import { MetricName } from './metric.ts';
import { QuarantineCounts } from './quarantine.ts';
import { RemedyTrial } from './remedy-trial.ts';
import { ServiceReport } from './service-report.ts';
import { Signal } from './signal.ts';
import { Window } from './window.ts';

/** The 32-cell summary of one column in one window: shares by coarse cell, for charts. */
export const ColumnSummary = z.strictObject({ shares: z.array(z.number()).max(32), missing: z.number() });

/** What the labels of one window say by themselves, and how many of them had come when it was last looked at. */
export const RealisedFigure = z.strictObject({
  metric: MetricName,
  value: z.number().nullable().describe('null: too few labels, or one class only'),
  error: z.number().nonnegative().describe('Standard error of the value, rows taken as independent; 0: not known'),
  maturity: z.number().min(0).max(1).describe('Expected share of its labels that had come, of all that ever come'),
  corrected: z.int().nonnegative().describe('Labels that were replaced by another value after they had come'),
});
export type RealisedFigure = z.infer<typeof RealisedFigure>;

/** What is kept of one window on the state branch; the fine profile lies in the artifact store under `profileDigest`. */
export const WindowSummary = z
  .strictObject({
    window: Window,
    champion: VersionName,
    rows: z.int().nonnegative(),
    labelled: z.int().nonnegative(),
    quarantined: QuarantineCounts,
    profileDigest: Digest,
    signals: z.array(Signal),
    columns: z.record(z.string(), ColumnSummary),
    business: BusinessReport.nullable(),
    service: ServiceReport.optional().describe('Left out: the window was measured before this was kept'),
    realised: RealisedFigure.optional().describe('Left out: measured before such figures were kept'),
  })
  .meta({ id: 'WindowSummary' });
export type WindowSummary = z.infer<typeof WindowSummary>;

/** The retraining pull request that is open for a model, from its decision to its end. */
export const OpenRetraining = z
  .strictObject({
    decision: z.string(),
    version: VersionName,
    branch: z.string(),
    requestedAt: Instant,
    pullRequest: z.int().positive().nullable(),
    dispatchedRun: z.int().positive().nullable().describe('Id of the retrain.yml run'),
    gateRun: z.int().positive().nullable(),
    incidents: z.array(z.string()),
  })
  .meta({ id: 'OpenRetraining' });
export type OpenRetraining = z.infer<typeof OpenRetraining>;

/** Why a retraining could not be finished, and the run that shows it. */
export const AbandonedWork = z.strictObject({ problem: z.string().max(1000), run: z.string().nullable() }).meta({ id: 'AbandonedWork' });
export type AbandonedWork = z.infer<typeof AbandonedWork>;

/** A promotion that awaits its verification. */
export const PendingVerification = z
  .strictObject({
    version: VersionName,
    previous: VersionName.nullable(),
    pullRequest: z.int().positive().nullable(),
    promotedAt: Instant,
    mergeSha: z.string(),
    incidents: z.array(z.string()),
  })
  .meta({ id: 'PendingVerification' });
export type PendingVerification = z.infer<typeof PendingVerification>;

/** state/v1/models/<model>.json on the state branch. Deleting it loses history, never correctness. */
export const ModelState = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    watermark: Instant.nullable(),
    champion: VersionName.nullable().describe('The champion whose promotion is recorded'),
    evidence: DriftEvidence.default({}).describe('Of drift against the reference of the champion, up to the watermark'),
    windows: z.array(WindowSummary).max(200).describe('Newest last'),
    incidents: z.array(Incident),
    decisions: z.array(Decision).max(200).describe('Newest last; what `holdfast explain` reads'),
    issues: z.record(z.string(), z.int().positive()).describe('Issue number by incident id'),
    pending: z
      .record(z.string(), z.strictObject({ nonce: z.string(), highWater: z.int().nonnegative() }))
      .describe('Creations begun and not yet confirmed, by key'),
    retraining: OpenRetraining.nullable(),
    proposals: z
      .array(
        z.strictObject({
          at: Instant,
          version: VersionName,
          outcome: z
            .enum(['open', 'promoted', 'refused', 'abandoned'])
            .describe('abandoned: its runs could not be finished; nobody judged it'),
          pullRequest: z.int().positive().nullable(),
          evidence: Digest.nullable(),
          abandoned: AbandonedWork.optional(),
        }),
      )
      .describe('For cooldown and budget'),
    verification: PendingVerification.nullable(),
    trial: RemedyTrial.nullable().default(null).describe('The newest: what was tried, and how it did'),
    promotions: z.array(
      z.strictObject({
        version: VersionName,
        previous: VersionName.nullable(),
        at: Instant,
        pullRequest: z.int().positive().nullable(),
        mergeSha: z.string(),
        mergedBy: z.string(),
        evidence: Digest.nullable(),
      }),
    ),
    obeyedCommands: z.array(z.int().positive()).describe('Comment ids that were answered'),
  })
  .meta({ id: 'ModelState' });
export type ModelState = z.infer<typeof ModelState>;

/** state/v1/index.json: the lease decides which shell acts. */
export const StateIndex = z
  .strictObject({
    schemaVersion: z.literal(1),
    lease: z.strictObject({ holder: z.string(), until: Instant }).nullable().describe('Wall time'),
    heartbeat: Instant.nullable().describe('asOf of the last run'),
  })
  .meta({ id: 'StateIndex' });
export type StateIndex = z.infer<typeof StateIndex>;

/** The state of a model that was never watched. */
export function emptyModelState(model: ModelName): ModelState {
  return {
    schemaVersion: 1,
    model,
    watermark: null,
    champion: null,
    evidence: {},
    windows: [],
    incidents: [],
    decisions: [],
    issues: {},
    pending: {},
    retraining: null,
    proposals: [],
    verification: null,
    trial: null,
    promotions: [],
    obeyedCommands: [],
  };
}
