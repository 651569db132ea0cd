import { decide } from '../../pipelines/core/decisions/decide.ts';
import type { DecisionInput } from '../../pipelines/core/decisions/decision-input.ts';
import { reduceState } from '../../pipelines/core/decisions/reduce-state.ts';
import { nextVersion } from '../../pipelines/core/registry/next-version.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
import { durationSeconds } from '../../pipelines/core/schema/duration.ts';
import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelState } from '../../pipelines/core/schema/model-state.ts';
import type { MonitoringReport } from '../../pipelines/core/schema/monitoring-report.ts';
import type { StateChange, StateSnapshot } from '../../pipelines/ports/state-store.ts';
import type { WatchResult } from '../../pipelines/stages/watch-input.ts';
import type { AuditDraft } from '../effects/audit-chain.ts';
import { auditDrafts } from '../effects/audit-drafts.ts';
import type { HostFacts } from '../effects/host-facts.ts';
import { intentKey, intentsOf, unissuedIncidents, withIntents } from '../effects/intents.ts';
import type { Signing } from '../effects/marker.ts';
import type { Reply } from '../effects/plan-input.ts';
import { retrainingProgress } from '../effects/retraining-progress.ts';
import { commandDrafts, decideCommands, noteIncidents, type PermittedCommand, readCommands, replyTo } from './answer-commands.ts';
import { type ChampionFiles, readChampion } from './champion-files.ts';
import { closedDrafts } from './closed-drafts.ts';
import { findObserved } from './find-observed.ts';
import { standingReport } from './observation.ts';
import { observeModel, type Watched } from './observe-model.ts';
import { readFacts, withoutLostIssues } from './read-facts.ts';
import type { ReconcileInput } from './reconcile-input.ts';
import { settledFiles } from './settled-files.ts';
import { stateOf } from './state-of.ts';

/** Everything that one run found out and concluded, before anything is written. */
export interface PreparedRun {
  readonly definition: ModelDefinition;
  readonly decisions: readonly Decision[];
  readonly report: MonitoringReport | null;
  readonly asOf: Instant;
  /** After the decisions, with the intents of this run. */
  readonly state: ModelState;
  readonly facts: HostFacts;
  readonly signing: Signing;
  readonly replies: readonly Reply[];
  /** Intents that were there before this run. */
  readonly interrupted: ReadonlySet<string>;
  readonly drafts: readonly AuditDraft[];
  /** What the state branch keeps of a retraining that ended in this run. */
  readonly settled: Pick<StateChange, 'verdicts' | 'evaluations'>;
}

/** Reads, watches and decides. Writes nothing on the code host; null when the model is not deployed. */
export async function prepareRun(snapshot: StateSnapshot, input: ReconcileInput): Promise<PreparedRun | null> {
  const { host, model, shell } = input;
  const repository = await host.repository();
  const files = input.openRepository(repository.head);
  const [definition, deployment] = await Promise.all([files.definition(model), files.deployment(model)]);
  if (deployment === null) return null;
  const signing = { key: shell.markerKey, repositoryId: repository.id };
  const known = stateOf(snapshot, model);
  const verdict = (name: string) => input.state.verdict(snapshot, name);
  const facts = await readFacts(known, { host, openRepository: input.openRepository, repository, signing, verdict });
  const before = withoutLostIssues(known, facts);
  const champion = await readChampion(files, deployment);
  const watched: Watched = { definition, deployment, champion, state: before, repository };
  const seen = await observeModel(watched, input);
  const asOf = seen?.report.asOf ?? input.clock.asOf();
  const observed = await findObserved({ state: before, facts, deployment, asOf }, host);
  const commands = await readCommands(host, { state: before, states: Object.values(snapshot.models), models: await files.models() });
  const versions = [...(await files.versions(model)), ...before.proposals.map(({ version }) => version)];
  const question = questionOf(watched, seen, { observed, asOf, versions });
  const concluded = conclude(question, seen, commands);
  return finish({ input, facts, signing, known, watched, question, commands, ...concluded, asOf });
}

function questionOf(
  { definition, deployment, champion, state }: Watched,
  seen: WatchResult | null,
  context: { readonly observed: NonNullable<DecisionInput['observed']>; readonly asOf: Instant; readonly versions: readonly string[] },
): DecisionInput {
  const { championVersion, reference, historyStart }: ChampionFiles = champion;
  const trainedUntil = championVersion.trainedUntil;
  const report = seen?.report ?? standingReport({ definition, deployment, state, trainedUntil, asOf: context.asOf });
  const windows = [...state.windows, ...(seen?.summaries ?? [])];
  return {
    definition,
    state,
    report,
    deployment,
    reference,
    championVersion,
    nextVersion: nextVersion(context.versions),
    historyStart,
    labelledUntil: addSeconds(report.watermark, -durationSeconds(definition.labels.delay)),
    observed: context.observed,
    business: windows.findLast(({ business }) => business !== null)?.business ?? null,
  };
}

/** The policy's decisions, then those that commands ask for. A run that looked at no log only records promotions: it knows nothing new. */
function conclude(question: DecisionInput, seen: WatchResult | null, commands: readonly PermittedCommand[]) {
  const policy = decide(question).filter(({ kind }) => seen !== null || kind === 'record-promotion');
  const { report, observed } = question;
  const run = { report, summaries: seen?.summaries ?? [], asOf: report.asOf, ...(observed === undefined ? {} : { observed }) };
  const standing = reduceState(question.state, { ...run, decisions: policy });
  const commanded = decideCommands(commands, { ...question, state: standing });
  const noted = noteIncidents(commands, reduceState(question.state, { ...run, decisions: [...policy, ...commanded] }), report.asOf);
  const decisions = [...policy, ...commanded, ...noted];
  const state = reduceState(question.state, { ...run, decisions });
  return { decisions, state: seen === null ? { ...state, watermark: question.state.watermark } : state, report: seen?.report ?? null };
}

interface Concluded {
  readonly input: ReconcileInput;
  readonly facts: HostFacts;
  readonly signing: Signing;
  readonly known: ModelState;
  readonly watched: Watched;
  readonly question: DecisionInput;
  readonly commands: readonly PermittedCommand[];
  readonly decisions: readonly Decision[];
  readonly state: ModelState;
  readonly report: MonitoringReport | null;
  readonly asOf: Instant;
}

async function finish(run: Concluded): Promise<PreparedRun> {
  const { input, facts, signing, known, watched, question, commands, decisions, report, asOf } = run;
  const { definition } = watched;
  const answered = commands.map(({ comment }) => comment.id).filter((id) => !run.state.obeyedCommands.includes(id));
  const obeyed = { ...run.state, obeyedCommands: [...run.state.obeyedCommands, ...answered] };
  const closed = question.observed?.closedRetraining ?? null;
  const ended = closed === null || facts.retraining === null ? null : retrainingProgress(facts.retraining).at;
  const keys = [
    ...unissuedIncidents(obeyed, definition).map(intentKey.incident),
    ...intentsOf(decisions, obeyed),
    ...answered.map(intentKey.command),
    ...(closed !== null && (ended === 'refused' || ended === 'abandoned') ? [intentKey.refusal(closed.version)] : []),
  ];
  const isNew = keys.some((key) => obeyed.pending[key] === undefined);
  const highWater = isNew ? await input.host.highestNumber() : 0;
  const state = withIntents(obeyed, keys, () => ({ nonce: input.random.nonce(), highWater }));
  const isClosed = closed !== null && closed.abandoned === undefined;
  const isPromoted = decisions.some(({ kind }) => kind === 'record-promotion');
  return {
    definition,
    decisions,
    report,
    asOf,
    state,
    facts,
    signing,
    replies: commands.map((command) => replyTo(command, definition, state)),
    interrupted: new Set(Object.keys(known.pending)),
    drafts: [...closedDrafts(question, asOf), ...auditDrafts(decisions, state), ...commandDrafts(commands, known, asOf)],
    settled: settledFiles(facts.retraining, isPromoted ? 'promoted' : isClosed ? 'closed' : null),
  };
}
