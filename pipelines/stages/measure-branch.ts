import { constantAnswer } from '../core/evaluation/constant-answer.ts';
import { judgeGate } from '../core/evaluation/judge-gate.ts';
import { artifactDigest } from '../core/registry/artifact-digest.ts';
import { equal, lineageChecks } from '../core/registry/lineage-checks.ts';
import { reproductionChecks } from '../core/registry/reproduction-checks.ts';
import { historyStartOf } from '../core/registry/spec-checks.ts';
import type { Digest } from '../core/schema/digest.ts';
import type { GateCheck } from '../core/schema/gate-verdict.ts';
import type { Window } from '../core/schema/window.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import { assembleVersion } from './assemble-version.ts';
import { evaluateChallengers } from './evaluate-challengers.ts';
import { frozenGrids } from './frozen-grids.ts';
import { championIntact, digestOf, evidenceOf } from './gate-evidence.ts';
import type { GateMaterial, GateResult } from './gate-task.ts';
import { makeChallengers } from './make-challengers.ts';
import { type Grids, type HeldOut, readHeldOut, readTrainingRows } from './read-dataset.ts';
import { readLagCurve } from './read-lag-curve.ts';
import type { TrainedChallenger, TrainedNow } from './train-challengers.ts';

/**
 * Judges a version that never served: makes its spec again from the base, trains it again by that spec, measures it, and compares what is committed with all three. A spec that the base
 * does not lead to is not trained: the bytes on the branch are measured then, and the verdict is a fail whatever they score.
 */
export async function measureBranch(material: GateMaterial): Promise<GateResult> {
  const { task, definition, challenger, champion } = material;
  const [log, runtime] = [await task.openLog(definition), await task.openRuntime(definition)];
  const lineage = await checkLineage(material, log);
  const mayTrain =
    lineage.every(({ passed, otherwise }) => passed || otherwise === 'needs-human') && challenger.report.backend === runtime.backend;
  const grids = await frozenGrids(log, { ...material, spec: challenger.spec });
  const { spec } = challenger;
  const heldOut = await readHeldOut(log, { definition, spec: challenger.spec, grids });
  const trained = mayTrain ? await makeChallengers({ definition, spec, log, runtime, grids, champion, note: task.note }) : [];
  const setting: Setting = { log, runtime, grids, heldOut };
  const { measured, checks, trainedOn } = await measure(material, setting, trained);
  const promised = challenger.report.challengers.find(({ name }) => name === challenger.report.selected)?.trainedOn?.digest ?? null;
  const integrity = [
    ...material.branch,
    ...lineage,
    ...championIntact(material.champion),
    equal('the held-out rows are those of the training run', heldOut.facts.digest, challenger.report.heldOut.digest),
    equal('the training rows are those of the training run', trainedOn.digest, promised),
    ...checks,
  ];
  const evidence = evidenceOf(material, heldOut.facts.digest);
  const isRecalibration = spec.recalibrate !== undefined;
  const verdict = judgeGate({ report: measured, definition, evidence, judgedAt: task.judgedAt, integrity, isRecalibration });
  return { verdict, report: measured };
}

async function checkLineage({ task, definition, challenger, champion }: GateMaterial, log: PredictionLog) {
  const { spec, manifest } = challenger;
  return lineageChecks({
    definition,
    spec,
    version: manifest.version,
    champion: champion === null ? null : { manifest: champion.manifest, historyStart: historyStartOf(champion.spec) },
    trainedUntil: manifest.trainedUntil,
    watermark: (await log.coverage(spec.asOf))?.watermark ?? null,
    judgedAt: task.judgedAt,
  });
}

interface Setting {
  readonly log: PredictionLog & LabelLog;
  readonly runtime: TrainingRuntime;
  readonly grids: Grids;
  readonly heldOut: HeldOut;
}

/** Measures all challengers when the one on the branch was trained again byte for byte; else only the one on the branch. */
async function measure(material: GateMaterial, setting: Setting, trained: readonly TrainedNow[]) {
  const { task, definition, challenger, champion } = material;
  const { spec, report, files } = challenger;
  const { log, runtime, grids, heldOut } = setting;
  const again = trained.find(({ name }) => name === report.selected) ?? null;
  const trainedAgain = again === null ? null : artifactOf(again);
  const isWhole = trainedAgain === digestOf(challenger);
  const range = (spec.challengers.find(({ name }) => name === report.selected) ?? spec.challengers[0])?.range ?? spec.heldOut;
  const { trainedOn, constant } = again ?? (await describeRows(material, setting, range));
  const own = { name: report.selected, model: challenger.model, modelJson: files['model.json'] ?? new Uint8Array(), trainedOn, constant };
  const { stopwatch } = task;
  const challengers = isWhole ? trained : [own];
  const measured = await evaluateChallengers({ definition, spec, heldOut, challengers, champion, runtime, stopwatch });
  const specBytes = files['training-spec.json'] ?? new Uint8Array();
  const lagCurve = await readLagCurve(log, definition, spec);
  const assembled = await assembleVersion({ definition, spec, specBytes, report, challenger: own, heldOut, lagCurve, grids, runtime });
  const found = { committed: report, measured, isWhole, files, assembled, artifact: digestOf(challenger), trainedAgain };
  const checks: readonly GateCheck[] = reproductionChecks({ ...found, engine: runtime.backend });
  return { measured, trainedOn, checks };
}

/** What would be known of training rows had the branch's model been trained on them here. */
async function describeRows(
  { definition, challenger }: GateMaterial,
  { log, grids }: Setting,
  range: Window,
): Promise<Pick<TrainedNow, 'trainedOn' | 'constant'>> {
  const { facts, labelled } = await readTrainingRows(log, { spec: challenger.spec, range, grids });
  return { trainedOn: facts, constant: constantAnswer(definition.task, labelled.labels) };
}

function artifactOf({ modelJson, model }: TrainedChallenger): Digest {
  return artifactDigest(modelJson, model.weights);
}
