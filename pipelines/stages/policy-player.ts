import { decide } from '../core/decisions/decide.ts';
import { NOTHING_OBSERVED, type ObservedFacts } from '../core/decisions/observed-facts.ts';
import { reduceState } from '../core/decisions/reduce-state.ts';
import { digestBytes } from '../core/digest/sha256.ts';
import { nextVersion } from '../core/registry/next-version.ts';
import type { Decision } from '../core/schema/decision.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import { emptyModelState, type ModelState } from '../core/schema/model-state.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { shelve, trainAndJudge, type Workshop } from './backtest-workshop.ts';
import type { MemoryRepository } from './memory-repository.ts';
import { phraseDecision } from './phrase-decision.ts';
import { readReference } from './read-reference.ts';
import { openReplayedLog } from './replayed-log.ts';
import type { ServingLine } from './serving-line.ts';
import { type WatchResult, watchModel } from './watch.ts';

/** One way to keep a model, replayed run by run. `step` returns what happened, one line each. */
export interface Player {
  readonly line: ServingLine;
  step(asOf: Instant): Promise<readonly string[]>;
  trainings(): number;
  promotions(): number;
}

export interface PlayerSetting {
  readonly workshop: Workshop;
  /** Holds v1, which serves. */
  readonly repository: MemoryRepository;
  readonly line: ServingLine;
}

// The replay keeps no fine profiles: their digests are enough.
const DIGESTS_ONLY: ArtifactStore = { put: async (bytes) => digestBytes(bytes), get: async () => null };

/**
 * The policy of the definition, with the very code of production: watch, decide, train, judge. A challenger that passes the gate is promoted at
 * once, as if a person had merged within the run; one that does not is closed. A rollback that the policy proposes is told, not done.
 */
export function policyPlayer({ workshop, repository, line }: PlayerSetting): Player {
  const { definition, log, labels } = { ...workshop, labels: workshop.log };
  const replayed = openReplayedLog({ definition, log, labels, line });
  let state: ModelState = { ...emptyModelState(definition.name), champion: 'v1' };
  let promotions = 0;

  async function run(
    asOf: Instant,
    observed: ObservedFacts,
    known: WatchResult | null,
  ): Promise<{ made: Decision[]; watched: WatchResult }> {
    const deployment = await deploymentOf(repository, definition.name);
    const version = await readReference(repository, definition.name, deployment.production);
    const around = { definition, deployment, ...version, state };
    const watched = known ?? (await watchModel({ ...around, log: replayed, labels: replayed, artifacts: DIGESTS_ONLY, asOf }));
    const { report, summaries } = watched;
    const historyStart = (await log.coverage(asOf))?.earliest ?? version.reference.range.start;
    const labelledUntil = addSeconds(report.watermark, -durationSeconds(definition.labels.delay));
    const next = nextVersion([...(await repository.versions(definition.name)), ...state.proposals.map((proposal) => proposal.version)]);
    const business = summaries.findLast((summary) => summary.labelled > 0)?.business ?? null;
    const made = decide({ ...around, report, nextVersion: next, historyStart, labelledUntil, observed, business });
    state = reduceState(state, { report, summaries, decisions: made, asOf, observed });
    return { made, watched };
  }

  async function train(decision: Extract<Decision, { kind: 'request-retraining' }>): Promise<{ line: string; observed: ObservedFacts }> {
    const { spec, at } = decision;
    const { files, verdict } = await trainAndJudge(workshop, repository, spec);
    const told = { line: `gate ${verdict.verdict}: ${verdict.summary}` };
    const closedRetraining = { version: spec.version, pullRequest: null, evidence: verdict.evidenceDigest };
    if (verdict.verdict !== 'pass') return { ...told, observed: { ...NOTHING_OBSERVED, closedRetraining } };
    const previous = await deploymentOf(repository, definition.name);
    line.promote({ version: spec.version, from: at, predictor: await shelve(workshop, repository, { version: spec.version, files }) });
    repository.deploy({ ...previous, production: spec.version, fallback: previous.production });
    promotions += 1;
    const promotion = { ...closedRetraining, mergeSha: 'backtest', mergedBy: 'backtest', promotedAt: at };
    return { ...told, observed: { ...NOTHING_OBSERVED, promotion } };
  }

  return {
    line,
    trainings: () => state.proposals.length,
    promotions: () => promotions,
    async step(asOf) {
      const { made, watched } = await run(asOf, NOTHING_OBSERVED, null);
      const request = made.find((decision) => decision.kind === 'request-retraining');
      const told = made.flatMap(phraseDecision);
      if (request === undefined) return told;
      const trained = await train(request);
      const production = (await deploymentOf(repository, definition.name)).production;
      const nothingNew = { ...watched, report: { ...watched.report, champion: production, windows: [] }, summaries: [] };
      const after = await run(asOf, trained.observed, nothingNew);
      return [...told, trained.line, ...after.made.flatMap(phraseDecision)];
    },
  };
}

async function deploymentOf(repository: MemoryRepository, model: string): Promise<Deployment> {
  const deployment = await repository.deployment(model);
  if (deployment === null) throw new RangeError(`${model} is not deployed in the replay`);
  return deployment;
}
