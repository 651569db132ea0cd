import { UserError } from '../core/errors/user-error.ts';
import { judgeGate } from '../core/evaluation/judge-gate.ts';
import { judgeRollback } from '../core/evaluation/judge-rollback.ts';
import { rulesDigest } from '../core/evaluation/rules-digest.ts';
import { artifactDigest } from '../core/registry/artifact-digest.ts';
import { branchChecks, intactCheck } from '../core/registry/branch-checks.ts';
import { equal, lineageChecks } from '../core/registry/lineage-checks.ts';
import type { Digest } from '../core/schema/digest.ts';
import type { EvaluationReport } from '../core/schema/evaluation-report.ts';
import type { GateCheck, GateVerdict } from '../core/schema/gate-verdict.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import { evaluateChallengers } from './evaluate-challengers.ts';
import { frozenGrids } from './frozen-grids.ts';
import type { Stopwatch } from './measure-latency.ts';
import { readHeldOut, readTrainingRows } from './read-dataset.ts';
import { readVersion, type StoredVersion } from './read-version.ts';

export interface GateTask {
  readonly model: string;
  /** The branch that is merged into: its definition states the rules, its bytes are the champion. */
  readonly base: ModelRepository;
  /** The branch that is judged: bytes only, nothing in it is believed. */
  readonly head: ModelRepository;
  readonly openLog: (definition: ModelDefinition) => Promise<PredictionLog>;
  readonly runtime: Pick<TrainingRuntime, 'load' | 'backend'>;
  /** Digest of the code that judges. */
  readonly code: Digest;
  /** Paths that the branch changes; null when they are not known. */
  readonly changedFiles: readonly string[] | null;
  /** Moment of the judgement; null: the moment of the training spec. */
  readonly asOf: Instant | null;
  readonly stopwatch: Stopwatch;
}

/** `report` is what the gate measured itself; null for a rollback, which is not measured. */
export interface GateResult {
  readonly verdict: GateVerdict;
  readonly report: EvaluationReport | null;
}

/**
 * Judges the version that the head branch would deploy, by the rules of the base branch, from the bytes of both and the log.
 * Throws a UserError when nothing is deployed (GATE_NOTHING_TO_JUDGE) or a version cannot be read.
 */
export async function runGate(task: GateTask): Promise<GateResult> {
  const { model, base, head } = task;
  const [definition, headDefinition] = await Promise.all([base.definition(model), head.definition(model)]);
  const [now, then] = await Promise.all([head.deployment(model), base.deployment(model)]);
  if (now === null || now.production === then?.production) throw nothingToJudge(model);
  const challenger = await readVersion(head, model, now.production);
  const champion = then === null ? null : await readVersion(base, model, then.production);
  const branch = branchChecks({
    model,
    version: now.production,
    baseDefinition: definition,
    headDefinition,
    problems: challenger.problems,
    changedFiles: task.changedFiles,
  });
  const isRollback = (await base.versions(model)).includes(now.production);
  const around = { task, definition, challenger, champion, branch };
  return isRollback ? rollback(around, await readVersion(base, model, now.production)) : measure(around);
}

interface Around {
  readonly task: GateTask;
  readonly definition: ModelDefinition;
  readonly challenger: StoredVersion;
  readonly champion: StoredVersion | null;
  readonly branch: readonly GateCheck[];
}

async function measure({ task, definition, challenger, champion, branch }: Around): Promise<GateResult> {
  const { spec, manifest, model } = challenger;
  const log = await task.openLog(definition);
  const grids = await frozenGrids(log, { definition, spec, champion });
  const heldOut = await readHeldOut(log, { definition, spec, grids });
  const chosen = spec.challengers.find(({ name }) => name === challenger.report.selected) ?? spec.challengers[0];
  if (chosen === undefined) throw nothingToJudge(task.model);
  const { facts: trainedOn } = await readTrainingRows(log, { spec, range: chosen.range, grids });
  const contender = { name: chosen.name, model, modelJson: challenger.files['model.json'] ?? new Uint8Array(), trainedOn };
  const { runtime, stopwatch } = task;
  const report = await evaluateChallengers({ definition, spec, heldOut, challengers: [contender], champion, runtime, stopwatch });
  const promised = challenger.report.challengers.find(({ name }) => name === chosen.name)?.trainedOn?.digest ?? null;
  const judgedAt = task.asOf ?? spec.asOf;
  const integrity = [
    ...branch,
    ...lineageChecks({
      definition,
      spec,
      version: manifest.version,
      champion: champion?.manifest.version ?? null,
      trainedUntil: manifest.trainedUntil,
      judgedAt,
    }),
    ...championIntact(champion),
    equal('the held-out rows are those of the training run', heldOut.facts.digest, challenger.report.heldOut.digest),
    equal('the training rows are those of the training run', trainedOn.digest, promised),
  ];
  const evidence = evidenceOf({ task, definition, challenger, champion }, heldOut.facts.digest);
  return { verdict: judgeGate({ report, definition, evidence, judgedAt, integrity }), report };
}

function rollback({ task, definition, challenger, champion, branch }: Around, registered: StoredVersion): GateResult {
  const integrity = [
    ...branch,
    equal('the version is the one on the base branch', registered.manifest.artifactDigest, digestOf(challenger)),
    ...championIntact(registered),
  ];
  const evidence = evidenceOf({ task, definition, challenger, champion }, registered.report.heldOut.digest);
  const judgedAt = task.asOf ?? champion?.manifest.createdAt ?? challenger.manifest.createdAt;
  return {
    verdict: judgeRollback({ model: task.model, version: challenger.manifest.version, evidence, judgedAt, integrity }),
    report: null,
  };
}

function evidenceOf({ task, definition, challenger, champion }: Omit<Around, 'branch'>, data: Digest): GateVerdict['evidence'] {
  return {
    challenger: digestOf(challenger),
    champion: champion === null ? null : digestOf(champion),
    data,
    rules: rulesDigest(definition),
    code: task.code,
  };
}

/** From the bytes, not from version.json. */
function digestOf({ files, model }: StoredVersion): Digest {
  return artifactDigest(files['model.json'] ?? new Uint8Array(), model.weights);
}

function championIntact(version: StoredVersion | null): GateCheck[] {
  return version === null ? [] : [intactCheck(`the bytes of ${version.manifest.version} on the base branch are intact`, version.problems)];
}

function nothingToJudge(model: string): UserError {
  return new UserError({
    code: 'GATE_NOTHING_TO_JUDGE',
    message: `the branch deploys no other version of ${model} than the base`,
    hint: 'change models/<model>/deployment.yml to the version to judge',
  });
}
