import { z } from 'zod';
import { decide } from '../../pipelines/core/decisions/decide.ts';
import { decideCommand } from '../../pipelines/core/decisions/decide-command.ts';
import type { DecisionInput } from '../../pipelines/core/decisions/decision-input.ts';
import { type ClosedRetraining, NOTHING_OBSERVED } from '../../pipelines/core/decisions/observed-facts.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { withoutComparison } from '../../pipelines/core/evaluation/compare-with-previous.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
import type { WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { RemedyTrial } from '../../pipelines/core/schema/remedy-trial.ts';
import type { ShadowComparison } from '../../pipelines/core/schema/shadow-comparison.ts';
import { aucOf, loanDefinition, referenceOf, reportOf, summariesOf, versionOf, watchedState } from '../fakes/policy-world.ts';

/** What a trial found: improvements of the monitored metric on the champion, with half the width of their intervals. */
const Trial = z.strictObject({
  range: z.tuple([z.string(), z.string()]).describe('First day and end of the rows'),
  remedies: z.array(
    z.strictObject({
      kind: z.enum(['retrain', 'roll-back', 'recalibrate']),
      name: z.string(),
      improvement: z.number(),
      halfWidth: z.number(),
      helps: z.boolean(),
    }),
  ),
});

/** The previous version on the same rows: how much better the champion is there, or why nobody knows. */
const Previous = z.union([
  z.strictObject({ version: z.string(), auc: z.number(), improvement: z.number(), halfWidth: z.number() }),
  z.strictObject({ version: z.string(), why: z.string() }),
]);

const Run = z.strictObject({
  asOf: z.string(),
  note: z.string().optional(),
  newLabels: z.int().optional(),
  signals: z.record(z.string(), z.string().regex(/^[AWO.]+$/)).optional(),
  production: z.string().default('v1'),
  fallback: z.string().nullable().default(null),
  sincePromotion: z
    .strictObject({ auc: z.number(), halfWidth: z.number(), rows: z.int(), labelledWindows: z.int(), previous: Previous.optional() })
    .optional(),
  merged: z.string().optional().describe('Version whose pull request was merged since the last run'),
  refused: z.string().optional().describe('Version whose pull request was closed since the last run'),
  abandoned: z.string().optional().describe('Version whose runs could not be finished since the last run'),
  muted: z.array(z.string()).default([]).describe('<kind>/<subject> of incidents that a person muted'),
  trial: Trial.optional(),
  command: z.strictObject({ commentId: z.int(), login: z.string() }).optional(),
});

/** given.json: changes of the definition, what each version promises, and what each run of the watcher saw (letters: see signalOf). */
export const Given = z.strictObject({
  story: z.string(),
  definition: z.record(z.string(), z.unknown()).default({}),
  promises: z.record(z.string(), z.number()).default({ v1: 0.7, v2: 0.72, v3: 0.72 }),
  runs: z.array(Run).min(1),
});
export type Given = z.infer<typeof Given>;
type Run = z.infer<typeof Run>;

/** Plays a scenario through decide and reduceState; the result is what expected.json holds. */
export function replayPolicy(given: Given): unknown {
  const definition = loanDefinition(given.definition as Partial<WrittenModelDefinition>);
  const told: unknown[] = [];
  let state = watchedState();
  for (const run of given.runs) {
    const input = inputOf(given, definition, { run, state });
    const decisions = decide(input);
    const reduce = (from: ModelState, made: readonly Decision[]) =>
      reduceState(from, {
        report: input.report,
        summaries: summariesOf(input.report),
        decisions: made,
        asOf: run.asOf,
        observed: input.observed ?? NOTHING_OBSERVED,
      });
    state = reduce(state, decisions);
    const answers = run.command === undefined ? [] : decideCommand({ ...input, state }, run.command);
    state = reduce(state, answers);
    told.push({ asOf: run.asOf, decisions: [...decisions, ...answers].map(tell), after: standing(state) });
  }
  return told;
}

function inputOf(given: Given, definition: DecisionInput['definition'], { run, state }: { run: Run; state: ModelState }): DecisionInput {
  const { sincePromotion: since, production } = run;
  const report = reportOf({
    asOf: run.asOf,
    champion: production,
    ...(run.newLabels === undefined ? {} : { newLabels: run.newLabels }),
    ...(run.signals === undefined ? {} : { signals: run.signals }),
  });
  const tried = run.trial === undefined ? {} : { trial: trialOf(run.trial, run) };
  const range = { start: state.verification?.promotedAt ?? run.asOf, end: run.asOf };
  const metrics = since === undefined ? [] : [aucOf(since.auc, { halfWidth: since.halfWidth, sampleSize: since.rows })];
  return {
    definition,
    state,
    report:
      since === undefined
        ? { ...report, ...tried }
        : {
            ...report,
            ...tried,
            sincePromotion: {
              version: production,
              range,
              labelledWindows: since.labelledWindows,
              metrics,
              ...(since.previous === undefined ? {} : { comparison: comparisonOf(definition, since.previous, since.rows) }),
            },
          },
    deployment: { schemaVersion: 1, model: 'loan', production, fallback: run.fallback },
    reference: referenceOf(production, given.promises[production] ?? Number.NaN),
    championVersion: versionOf(production),
    nextVersion: `v${state.proposals.length + 2}`,
    historyStart: '2001-01-01T00:00:00Z',
    labelledUntil: run.asOf,
    observed: {
      promotion:
        run.merged === undefined
          ? null
          : { version: run.merged, pullRequest: 2, mergeSha: 'abc', mergedBy: 'approver', promotedAt: run.asOf, evidence: null },
      closedRetraining: closedOf(run),
      muted: state.incidents.filter(({ kind, subject }) => run.muted.includes(`${kind}/${subject}`)).map(({ id }) => id),
    },
  };
}

function trialOf({ range: [start, end], remedies }: z.infer<typeof Trial>, run: Run): RemedyTrial {
  return {
    at: run.asOf,
    champion: run.production,
    range: { start, end },
    rows: 5000,
    estimate: aucOf(0.65),
    remedies: remedies.map(({ kind, name, improvement, halfWidth, helps }) => ({
      kind,
      name,
      estimate: aucOf(0.65 + improvement),
      improvement,
      interval: { lower: improvement - halfWidth, upper: improvement + halfWidth, level: 0.95 },
      helps,
      why: `AUC changes by ${improvement}`,
    })),
  };
}

function closedOf({ refused, abandoned }: Run): ClosedRetraining | null {
  const version = refused ?? abandoned;
  if (version === undefined) return null;
  const closed = { version, pullRequest: 2, evidence: null };
  return abandoned === undefined ? closed : { ...closed, abandoned: { problem: 'the training ended 3 times', run: null } };
}

function comparisonOf(definition: DecisionInput['definition'], previous: z.infer<typeof Previous>, rows: number): ShadowComparison {
  if ('why' in previous) return withoutComparison(definition, previous.version, previous.why);
  const { version, auc, improvement, halfWidth } = previous;
  const interval = { lower: improvement - halfWidth, upper: improvement + halfWidth, level: 0.95 };
  return { version, estimate: aucOf(auc, { sampleSize: rows }), improvement, interval, replicates: 500, method: 'planted', why: null };
}

function tell(decision: Decision): unknown {
  const because = decision.because.map(({ kind, text }) => `${kind}: ${text}`);
  switch (decision.kind) {
    case 'open-incident':
    case 'update-incident':
    case 'resolve-incident': {
      const { kind, subject, severity, status, badWindows, healthyWindows } = decision.incident;
      return { kind: decision.kind, incident: `${kind}/${subject}`, severity, status, badWindows, healthyWindows, because };
    }
    case 'request-retraining':
      return {
        kind: decision.kind,
        version: decision.spec.version,
        incidents: decision.incidents.length,
        alternatives: decision.alternatives,
        because,
      };
    case 'refuse-retraining':
      return { kind: decision.kind, reason: decision.reason, remedy: decision.remedy, because };
    case 'record-promotion':
      return { kind: decision.kind, version: decision.version, previous: decision.previous, because };
    case 'verify-promotion':
      return {
        kind: decision.kind,
        outcome: decision.outcome,
        promised: decision.promised.value,
        observed: decision.observed.value,
        previous: decision.comparison?.estimate.value ?? null,
        improvement: decision.comparison?.improvement ?? null,
        because,
      };
    case 'propose-rollback':
      return { kind: decision.kind, version: decision.version, to: decision.to, because };
  }
}

function standing(state: ModelState): unknown {
  return {
    champion: state.champion,
    incidents: Object.fromEntries(state.incidents.map(({ kind, subject, status }) => [`${kind}/${subject}`, status])),
    retraining: state.retraining?.version ?? null,
    proposals: state.proposals.map(({ version, outcome }) => `${version} ${outcome}`),
    verifying: state.verification?.version ?? null,
  };
}
