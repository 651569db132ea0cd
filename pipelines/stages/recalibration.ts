import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import { fitCalibrationMap, probabilityAt } from '../core/statistics/estimation/calibration-map.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { Predictor, TrainedModel, TrainingRuntime } from '../ports/training-runtime.ts';
import type { StoredVersion } from './read-version.ts';
import type { TrainedChallenger } from './train-challengers.ts';

export interface RecalibrationTask {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  readonly log: PredictionLog;
  readonly champion: StoredVersion;
  readonly runtime: TrainingRuntime;
}

/** The champion with a curve over its scores, as one more contender, and a runtime that knows how to load it. */
export interface Recalibrated {
  readonly challenger: TrainedChallenger;
  readonly runtime: Pick<TrainingRuntime, 'load'>;
}

/**
 * The champion recalibrated: isotonic regression of the labels on its scores, on the labelled rows before the trial's that it was not trained on, the newest
 * `training.recentRange` of them. null: the task is not binary, or those rows are fewer than `monitoring.minimumLabels`, or of one class.
 */
export async function recalibration(task: RecalibrationTask): Promise<Recalibrated | null> {
  const { definition, spec, log, champion, runtime } = task;
  if (definition.task !== 'binary') return null;
  const range = { start: startOf(task), end: spec.heldOut.start };
  if (range.start >= range.end) return null;
  const rows = await log.rows({ range, asOf: spec.asOf, limit: definition.monitoring.sampleRows, labelledOnly: true });
  const positives = rows.labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  if (rows.ids.length < definition.monitoring.minimumLabels || positives === 0 || positives === rows.ids.length) return null;
  const predictor = await runtime.load(champion.model);
  const { scores } = await predictor.predict(rows);
  predictor.dispose();
  const map = fitCalibrationMap({ scores, positives: rows.labels, negatives: Array.from(rows.labels, (label) => 1 - label) });
  const model: TrainedModel = { ...champion.model };
  const load = async (asked: TrainedModel) => {
    const base = await runtime.load(asked);
    return asked === model ? curved(base, (score) => probabilityAt(map, score)) : base;
  };
  const facts = { range, rows: rows.ids.length, positives, quarantined: 0, digest: champion.manifest.artifactDigest };
  const modelJson = champion.files['model.json'] ?? new Uint8Array();
  return { challenger: { name: `${champion.manifest.version} with a curve`, model, modelJson, trainedOn: facts }, runtime: { load } };
}

function startOf({ definition, spec, champion }: RecalibrationTask): string {
  const recent = addSeconds(spec.heldOut.start, -durationSeconds(definition.training.recentRange));
  return recent > champion.manifest.trainedUntil ? recent : champion.manifest.trainedUntil;
}

function curved(base: Predictor, probability: (score: number) => number): Predictor {
  return {
    predict: async (rows) => {
      const predictions = await base.predict(rows);
      return { ...predictions, scores: predictions.scores.map(probability) };
    },
    dispose: () => base.dispose(),
  };
}
