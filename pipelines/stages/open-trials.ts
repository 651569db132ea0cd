import { trialConfidence } from '../core/decisions/trial-look.ts';
import { UserError } from '../core/errors/user-error.ts';
import { weighTrial } from '../core/evaluation/weigh-trial.ts';
import { recalibrationRange } from '../core/registry/recalibration-range.ts';
import { specifyTraining } from '../core/registry/specify-training.ts';
import { type VersionName, versionNumber } from '../core/schema/identifiers.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { RemedyTrial, TriedRemedy } from '../core/schema/remedy-trial.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';
import { evaluateChallengers } from './evaluate-challengers.ts';
import { frozenGrids } from './frozen-grids.ts';
import type { Stopwatch } from './measure-latency.ts';
import { readHeldOut } from './read-dataset.ts';
import { readVersion, type StoredVersion } from './read-version.ts';
import { type RecalibrationTask, recalibrateChampion } from './recalibration.ts';
import { type TrainedChallenger, trainChallengers } from './train-challengers.ts';

/** So many of the newest archived versions are compared. */
const ARCHIVED = 3;
/** Rows of each range and of the rows that judge: trained in seconds, and enough that a challenger is not refused for want of rows alone. */
const TRIAL_ROWS = 20_000;

/** What a trial needs beside the log: versions to compare with and something that trains. */
export interface TrialTools {
  readonly repository: ModelRepository;
  /** Asked once a trial is due: few runs train. */
  readonly openRuntime: (definition: ModelDefinition) => Promise<TrainingRuntime>;
  readonly stopwatch: Stopwatch;
  readonly note: (line: string) => void;
}

/** The moment and the model that a trial is about. */
export interface TrialTask {
  readonly definition: ModelDefinition;
  readonly champion: VersionName;
  readonly log: PredictionLog;
  readonly asOf: Instant;
  /** Event time of the oldest row of the log. */
  readonly historyStart: Instant;
  /** Event time up to which labels have arrived by asOf. */
  readonly labelledUntil: Instant;
  /** The how-manieth trial of this champion: see `trialConfidence`. */
  readonly look: number;
}

/** Tries what could be done for a model. Opened from the tools of the shell that watches. */
export type TryRemedies = (task: TrialTask) => Promise<RemedyTrial | null>;

/**
 * Tries every remedy on the newest labelled rows, which nobody was trained on, before anything is proposed: challengers trained on at most
 * 20,000 rows of the ranges that a retraining would take, archived versions, and the champion recalibrated on the labels before those rows.
 * Later trials of a champion must be surer than its first. Nothing is written and nothing is deployed. null: a challenger cannot be trained (a class is missing).
 * Cost: one small training a challenger, one scoring of the rows a remedy.
 */
export function openTrials(tools: TrialTools): TryRemedies {
  return async (task) => {
    const { log, champion, look } = task;
    const definition = asSureAs(trialConfidence(task.definition.gate, look), task.definition);
    const engine = await tools.openRuntime(definition);
    const stored = await readVersion(tools.repository, definition.name, champion);
    const spec = trialSpec(task, stored);
    const grids = await frozenGrids(log, { definition, spec, champion: stored });
    const trained = await trainOrNull(() => trainChallengers({ definition, spec, log, runtime: engine, grids, note: tools.note }));
    if (trained === null) return null;
    const heldOut = await readHeldOut(log, { definition, spec, grids });
    const archived = await archivedVersions(tools.repository, { definition, spec, champion: stored });
    const own = await recalibrated({ definition, spec, log, champion: stored, runtime: engine, grids, note: tools.note });
    const challengers = [...trained, ...archived, ...own];
    const report = await evaluateChallengers({
      definition,
      spec,
      heldOut,
      challengers,
      champion: stored,
      runtime: engine,
      stopwatch: tools.stopwatch,
    });
    const kinds = new Map<string, TriedRemedy['kind']>([
      ...trained.map(({ name }) => [name, 'retrain'] as const),
      ...archived.map(({ name }) => [name, 'roll-back'] as const),
      ...own.map(({ name }) => [name, 'recalibrate'] as const),
    ]);
    return { ...weighTrial({ definition, report, kinds }), look };
  };
}

function asSureAs(confidence: number, definition: ModelDefinition): ModelDefinition {
  return { ...definition, gate: { ...definition.gate, confidence } };
}

/** What a retraining would be told now, on fewer rows. The version is never made. */
function trialSpec({ definition, asOf, historyStart, labelledUntil }: TrialTask, champion: StoredVersion): TrainingSpec {
  const { manifest } = champion;
  const version = `v${versionNumber(manifest.version) + 1}`;
  const spec = specifyTraining({ definition, champion: manifest, version, decision: 'trial', asOf, historyStart, labelledUntil });
  const maximumRows = Math.min(definition.training.maximumRows, TRIAL_ROWS);
  return { ...spec, training: { ...spec.training, maximumRows } };
}

/** The champion with a curve over its scores, where cross-fitting finds that it does better with one; else nothing. */
async function recalibrated(task: Omit<RecalibrationTask, 'range'>): Promise<TrainedChallenger[]> {
  const { definition, spec, champion } = task;
  const range = recalibrationRange({ definition, heldOut: spec.heldOut, trainedUntil: champion.manifest.trainedUntil });
  if (definition.task !== 'binary' || range === null) return [];
  const own = await trainOrNull(() => recalibrateChampion({ ...task, range }));
  return own?.decision.calibrate === true ? [{ ...own.challenger, name: `${champion.manifest.version} with a curve` }] : [];
}

async function trainOrNull<T>(train: () => Promise<T>): Promise<T | null> {
  try {
    return await train();
  } catch (error) {
    if (error instanceof UserError && error.code === 'TRAINING_LABELS_INSUFFICIENT') return null;
    throw error;
  }
}

/** The newest versions beside the champion that can be read and never saw a row of the trial. */
async function archivedVersions(
  repository: ModelRepository,
  of: { readonly definition: ModelDefinition; readonly spec: TrainingSpec; readonly champion: StoredVersion },
): Promise<TrainedChallenger[]> {
  const { definition, spec, champion } = of;
  const names = (await repository.versions(definition.name)).filter(
    (name) => versionNumber(name) < versionNumber(champion.manifest.version),
  );
  const archived: TrainedChallenger[] = [];
  for (const name of names.slice(-ARCHIVED)) {
    const stored = await readOrNull(repository, definition.name, name);
    const trainedOn = stored?.report.challengers.find((each) => each.name === stored.report.selected)?.trainedOn;
    if (stored === null || trainedOn === undefined || trainedOn === null) continue;
    if (stored.problems.length > 0 || stored.manifest.trainedUntil > spec.heldOut.start) continue;
    archived.push({ name, model: stored.model, modelJson: stored.files['model.json'] ?? new Uint8Array(), trainedOn });
  }
  return archived;
}

async function readOrNull(repository: ModelRepository, model: string, version: string): Promise<StoredVersion | null> {
  try {
    return await readVersion(repository, model, version);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
