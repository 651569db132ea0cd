import { canonicalJson } from '../core/digest/canonical-json.ts';
import { groupPromise } from '../core/evaluation/group-promise.ts';
import { squaredLosses } from '../core/evaluation/squared-losses.ts';
import { buildReference } from '../core/profile/build-reference.ts';
import { cubesByWindow } from '../core/profile/cubes-by-window.ts';
import { predictedColumns, scoreGrid } from '../core/profile/predicted-columns.ts';
import { renderModelCard } from '../core/registry/model-card.ts';
import { type VersionFiles, versionManifest } from '../core/registry/version-manifest.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import type { EvaluationReport } from '../core/schema/evaluation-report.ts';
import { epochSeconds } from '../core/schema/instant.ts';
import type { LagCurve } from '../core/schema/lag-curve.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { Predictions } from '../core/schema/predictions.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import { type Grid, SCORE_COLUMN, type WindowProfile } from '../core/schema/window-profile.ts';
import { recognisedColumns } from '../core/signals/recognised-columns.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import { measureImportance } from './measure-importance.ts';
import type { Grids, HeldOut } from './read-dataset.ts';
import type { TrainedChallenger } from './train-challengers.ts';

export interface AssemblyTask {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  /** training-spec.json as it was given: kept byte by byte. */
  readonly specBytes: Uint8Array;
  readonly report: EvaluationReport;
  /** The challenger that the report selects. */
  readonly challenger: TrainedChallenger;
  readonly heldOut: HeldOut;
  /** null: it is not known how late labels come. */
  readonly lagCurve: LagCurve | null;
  readonly grids: Grids;
  readonly runtime: Pick<TrainingRuntime, 'load'>;
}

/** Every file of the version folder. Its reference is the held-out range as this version scores it, not as the champion scored it then. */
export async function assembleVersion(task: AssemblyTask): Promise<VersionFiles> {
  const { definition, spec, report, challenger } = task;
  const encoder = new TextEncoder();
  const files = {
    'training-spec.json': task.specBytes,
    'evaluation-report.json': encoder.encode(canonicalJson(report)),
    'model-card.md': encoder.encode(renderModelCard({ definition, spec, report, artifact: challenger.model.artifact })),
    'model.json': challenger.modelJson,
    'weights.bin': challenger.model.weights,
    'reference.json': encoder.encode(canonicalJson(await referenceOf(task))),
  };
  return { ...files, 'version.json': encoder.encode(canonicalJson(versionManifest(spec, files))) };
}

async function referenceOf(task: AssemblyTask): Promise<ReferenceProfile> {
  const { definition, spec, challenger, heldOut, grids, runtime } = task;
  const predictor = await runtime.load(challenger.model);
  const answers = await predictor.predict(heldOut.rows);
  const importance = await measureImportance(definition, heldOut.labelled, predictor);
  predictor.dispose();
  const grid = scoreGrid(definition.task, grids[SCORE_COLUMN], answers.scores);
  const { timestamps, labels } = heldOut.rows;
  const recognised = recognisedColumns(definition, heldOut);
  const losses = squaredLosses(definition.task, labels, answers);
  return buildReference({
    definition,
    version: spec.version,
    range: spec.heldOut,
    windowSeconds: durationSeconds(definition.monitoring.window),
    windows: heldOut.windows.map((profile) => rescored(profile, { definition, answers, grid, timestamps, version: spec.version })),
    grids: { ...grids, [SCORE_COLUMN]: grid },
    cubes: cubesByWindow(
      { ...answers, timestamps, labels, task: definition.task, modelVersion: spec.version },
      heldOut.windows.map(({ window }) => window),
    ),
    lagCurve: task.lagCurve,
    groups: groupPromise(task.report),
    sample: { rows: heldOut.rows, losses, recognised, importance, scores: answers.scores },
  });
}

interface Rescoring {
  readonly definition: ModelDefinition;
  readonly answers: Predictions;
  readonly grid: Grid;
  readonly timestamps: Float64Array;
  readonly version: string;
}

/** A window as if this version had predicted it. Where the log has more rows than were read, the predictions are those of the sample. */
function rescored(profile: WindowProfile, { definition, answers, grid, timestamps, version }: Rescoring): WindowProfile {
  const [start, end] = [epochSeconds(profile.window.start), epochSeconds(profile.window.end)];
  const inside = [...timestamps.keys()].filter((row) => {
    const timestamp = timestamps[row] ?? Number.NaN;
    return timestamp >= start && timestamp < end;
  });
  return {
    ...profile,
    versions: profile.rows === 0 ? {} : { [version]: profile.rows },
    columns: { ...profile.columns, ...predictedColumns({ definition, grid, predictions: answers, rows: inside }) },
  };
}
