import { canonicalJson } from '../core/digest/canonical-json.ts';
import { digestText } from '../core/digest/sha256.ts';
import { judgeGate } from '../core/evaluation/judge-gate.ts';
import { rulesDigest } from '../core/evaluation/rules-digest.ts';
import type { VersionFiles } from '../core/registry/version-manifest.ts';
import type { GateVerdict } from '../core/schema/gate-verdict.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { Predictor, TrainingRuntime } from '../ports/training-runtime.ts';
import { makeVersion } from './make-version.ts';
import type { Stopwatch } from './measure-latency.ts';
import type { MemoryRepository } from './memory-repository.ts';
import { readVersion } from './read-version.ts';

/** What a backtest trains and judges with. */
export interface Workshop {
  readonly definition: ModelDefinition;
  readonly log: PredictionLog & LabelLog;
  readonly runtime: TrainingRuntime;
  readonly stopwatch: Stopwatch;
  readonly note: (line: string) => void;
}

export interface Judged {
  readonly files: VersionFiles;
  readonly verdict: GateVerdict;
}

/** Trains the challengers of a spec and judges the better one by the rules of the gate. Nothing is deployed. */
export async function trainAndJudge(workshop: Workshop, repository: MemoryRepository, spec: TrainingSpec): Promise<Judged> {
  const { definition } = workshop;
  const specBytes = new TextEncoder().encode(canonicalJson(spec));
  const { report, files } = await makeVersion({ ...workshop, repository, specBytes });
  const challenger = report.challengers.find(({ name }) => name === report.selected)?.artifactDigest;
  const evidence = {
    challenger: challenger ?? digestText('none'),
    champion: report.champion?.artifactDigest ?? null,
    data: report.heldOut.digest,
    rules: rulesDigest(definition),
    // No bytes on a branch are judged here, so the evidence is bound to no code.
    code: digestText('backtest'),
  };
  const isRecalibration = spec.recalibrate !== undefined;
  return { files, verdict: judgeGate({ report, definition, evidence, judgedAt: spec.asOf, isRecalibration }) };
}

/** Puts a version on the shelf and loads it. */
export async function shelve(
  workshop: Workshop,
  repository: MemoryRepository,
  made: { version: string; files: VersionFiles },
): Promise<Predictor> {
  repository.add(made.version, made.files);
  const { model } = await readVersion(repository, workshop.definition.name, made.version);
  return workshop.runtime.load(model);
}
