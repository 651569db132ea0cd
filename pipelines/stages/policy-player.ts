import { decide } from '../core/decisions/decide.ts';
import { NOTHING_OBSERVED, type ObservedFacts } from '../core/decisions/observed-facts.ts';
import { reduceState } from '../core/decisions/reduce-state.ts';
import { nextVersion } from '../core/registry/next-version.ts';
import type { Decision } from '../core/schema/decision.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import { emptyModelState, type ModelState } from '../core/schema/model-state.ts';
import { estimateRecord } from '../core/signals/estimate-record.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import { shelve, trainAndJudge, type Workshop } from './backtest-workshop.ts';
import { shadowLoader } from './load-shadow.ts';
import type { MemoryRepository } from './memory-repository.ts';
import { openTrials } from './open-trials.ts';
import { phraseDecision } from './phrase-decision.ts';
import { readReference } from './read-reference.ts';
import { readVersion } from './read-version.ts';
import { recentArtifacts } from './recent-artifacts.ts';
import { openReplayedLog } from './replayed-log.ts';
import type { ServingLine } from './serving-line.ts';
import { watchModel } from './watch.ts';
import type { WatchResult } from './watch-input.ts';

/** One way to keep a model, replayed run by run. `step` returns what happened, one line each. */
export interface Player {
  readonly line: ServingLine;
  step(asOf: Instant): Promise<readonly string[]>;
  /** Incidents opened so far. */
  incidents(): number;
  trainings(): number;
  promotions(): number;
  /** How often the bands of its estimates held what labels showed, in a sentence. Left out: it watches nothing. */
  estimates?(): string;
}

export interface PlayerSetting {
  readonly workshop: Workshop;
  /** Holds v1, which serves. */
  readonly repository: MemoryRepository;
  readonly line: ServingLine;
}

/** A replay under way. The one record that changes: every step leaves the next state in it. */
interface Session extends PlayerSetting {
  readonly replayed: PredictionLog & LabelLog;
  readonly artifacts: ArtifactStore;
  state: ModelState;
  incidents: number;
  promotions: number;
}

/**
 * The policy of the definition, with the very code of production: watch, decide, train, judge. A challenger that passes the gate is promoted at
 * once, as if a person had merged within the run, and so is a rollback that the policy proposes; a challenger that does not pass is closed.
 */
export function policyPlayer(setting: PlayerSetting): Player {
  const { definition, log } = setting.workshop;
  const session: Session = {
    ...setting,
    replayed: openReplayedLog({ definition, log, labels: log, line: setting.line }),
    artifacts: recentArtifacts(),
    state: { ...emptyModelState(definition.name), champion: 'v1' },
    incidents: 0,
    promotions: 0,
  };
  return {
    line: setting.line,
    incidents: () => session.incidents,
    trainings: () => session.state.proposals.length,
    promotions: () => session.promotions,
    estimates: () => estimateRecord(definition, session.state).sentence,
    step: (asOf) => step(session, asOf),
  };
}

async function step(session: Session, asOf: Instant): Promise<string[]> {
  const { made, watched } = await reconcile(session, { asOf, observed: NOTHING_OBSERVED, known: null });
  const told = made.flatMap(phraseDecision);
  const rollback = made.find((decision) => decision.kind === 'propose-rollback');
  if (rollback !== undefined) return [...told, ...(await putBack(session, watched, rollback))];
  const request = made.find((decision) => decision.kind === 'request-retraining');
  if (request === undefined) return told;
  const trained = await train(session, request);
  const after = await settle(session, watched, trained.observed);
  return [...told, trained.line, ...after];
}

/** Records what was merged or closed, at the same moment and without looking at the log again. */
async function settle(session: Session, { report }: WatchResult, observed: ObservedFacts): Promise<string[]> {
  const { production } = await deploymentOf(session);
  const { trial: _, ...rest } = report;
  const known = { report: { ...rest, champion: production, windows: [] }, summaries: [] };
  const { made } = await reconcile(session, { asOf: report.asOf, observed, known });
  return made.flatMap(phraseDecision);
}

/** The archived version serves again. */
async function putBack(
  session: Session,
  watched: WatchResult,
  { to, at }: Extract<Decision, { kind: 'propose-rollback' }>,
): Promise<string[]> {
  const { repository, workshop, line } = session;
  const { model } = await readVersion(repository, workshop.definition.name, to);
  line.promote({ version: to, from: at, predictor: await workshop.runtime.load(model) });
  const previous = await deploymentOf(session);
  repository.deploy({ ...previous, production: to, fallback: previous.production });
  session.promotions += 1;
  const promotion = { version: to, pullRequest: null, evidence: null, mergeSha: 'backtest', mergedBy: 'backtest', promotedAt: at };
  return settle(session, watched, { ...NOTHING_OBSERVED, promotion });
}

/** One run of the bot without a code host. `known` stands in for looking at the log again at the same moment. */
async function reconcile(
  session: Session,
  run: { readonly asOf: Instant; readonly observed: ObservedFacts; readonly known: WatchResult | null },
): Promise<{ readonly made: readonly Decision[]; readonly watched: WatchResult }> {
  const { repository, replayed, artifacts, state, workshop } = session;
  const { definition, log, runtime } = workshop;
  const { asOf, observed } = run;
  const deployment = await deploymentOf(session);
  const version = await readReference(repository, definition.name, deployment.production);
  const around = { definition, deployment, ...version, state };
  const shadow = shadowLoader(repository, definition.name, (model) => runtime.load(model));
  const trials = openTrials({ ...workshop, openRuntime: async () => runtime, repository });
  const watched = run.known ?? (await watchModel({ ...around, log: replayed, labels: replayed, artifacts, asOf, shadow, trials }));
  const { report, summaries } = watched;
  const made = decide({
    ...around,
    report,
    nextVersion: nextVersion([...(await repository.versions(definition.name)), ...state.proposals.map((proposal) => proposal.version)]),
    historyStart: (await log.coverage(asOf))?.earliest ?? version.reference.range.start,
    labelledUntil: addSeconds(report.watermark, -durationSeconds(definition.labels.delay)),
    observed,
    business: summaries.findLast((summary) => summary.labelled > 0)?.business ?? null,
  });
  session.incidents += made.filter(({ kind }) => kind === 'open-incident').length;
  session.state = reduceState(state, { report, summaries, decisions: made, asOf, observed });
  return { made, watched };
}

async function train(
  session: Session,
  { spec, at }: Extract<Decision, { kind: 'request-retraining' }>,
): Promise<{ readonly line: string; readonly observed: ObservedFacts }> {
  const { workshop, repository, line } = session;
  const { version } = spec;
  const { files, verdict } = await trainAndJudge(workshop, repository, spec);
  const told = { line: `gate ${verdict.verdict}: ${verdict.summary}` };
  const closedRetraining = { version, pullRequest: null, evidence: verdict.evidenceDigest };
  if (verdict.verdict !== 'pass') return { ...told, observed: { ...NOTHING_OBSERVED, closedRetraining } };
  const previous = await deploymentOf(session);
  line.promote({ version, from: at, predictor: await shelve(workshop, repository, { version, files }) });
  repository.deploy({ ...previous, production: version, fallback: previous.production });
  session.promotions += 1;
  const promotion = { ...closedRetraining, mergeSha: 'backtest', mergedBy: 'backtest', promotedAt: at };
  return { ...told, observed: { ...NOTHING_OBSERVED, promotion } };
}

async function deploymentOf({ repository, workshop }: PlayerSetting): Promise<Deployment> {
  const { name } = workshop.definition;
  const deployment = await repository.deployment(name);
  if (deployment === null) throw new RangeError(`${name} is not deployed in the replay`);
  return deployment;
}
