import { z } from 'zod';
import { ModelName, VersionName } from './identifiers.ts';
import { Incident } from './incident.ts';
import { Instant } from './instant.ts';
import { MetricEstimate } from './metric.ts';
import { PromisedChange } from './promised-change.ts';
import { ShadowComparison } from './shadow-comparison.ts';
import { TrainingSpec } from './training-spec.ts';
import { Window } from './window.ts';

/** One link of the chain from a decision back to the rows: a signal, an incident or a rule of the policy, and the window it speaks of. */
export const Because = z
  .strictObject({
    kind: z.enum(['signal', 'incident', 'policy', 'command']),
    ref: z.string().describe('Id of the signal or incident, path of the rule in model.yml, or number of the comment'),
    window: Window.nullable(),
    text: z.string(),
  })
  .meta({ id: 'Because' });
export type Because = z.infer<typeof Because>;

const base = { id: z.string().regex(/^[0-9a-f]{16}$/), model: ModelName, at: Instant, because: z.array(Because).min(1) };

/** What the policy concluded. Data only: `bot/effects` turns decisions into GitHub effects. */
export const Decision = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...base, kind: z.literal('open-incident'), incident: Incident }),
    z.strictObject({ ...base, kind: z.literal('update-incident'), incident: Incident }),
    z.strictObject({ ...base, kind: z.literal('resolve-incident'), incident: Incident }),
    z.strictObject({
      ...base,
      kind: z.literal('request-retraining'),
      spec: TrainingSpec,
      incidents: z.array(z.string()),
      alternatives: z.array(z.string()),
    }),
    z.strictObject({ ...base, kind: z.literal('refuse-retraining'), reason: z.string(), remedy: z.string() }),
    z.strictObject({ ...base, kind: z.literal('record-promotion'), version: VersionName, previous: VersionName.nullable() }),
    z.strictObject({
      ...base,
      kind: z.literal('verify-promotion'),
      version: VersionName,
      promised: MetricEstimate,
      observed: MetricEstimate,
      outcome: z.enum(['kept', 'broken', 'insufficient-data']),
      change: PromisedChange.optional().describe('Window by window, as it may be looked at every run; absent when nothing could be said'),
      comparison: ShadowComparison.optional().describe('The previous version on the same rows; absent when nobody scored them with it'),
    }),
    z.strictObject({ ...base, kind: z.literal('propose-rollback'), version: VersionName, to: VersionName }),
  ])
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;
