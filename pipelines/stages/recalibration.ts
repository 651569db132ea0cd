import { canonicalJson } from '../core/digest/canonical-json.ts';
import { UserError } from '../core/errors/user-error.ts';
import { constantAnswer } from '../core/evaluation/constant-answer.ts';
import { fitRecalibration } from '../core/evaluation/fit-recalibration.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import type { Window } from '../core/schema/window.ts';
import type { CalibrationDecision } from '../core/statistics/estimation/calibration-decision.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { TrainedModel, TrainingRuntime } from '../ports/training-runtime.ts';
import { type Grids, readTrainingRows } from './read-dataset.ts';
import type { StoredVersion } from './read-version.ts';
import type { TrainedNow } from './train-challengers.ts';

export interface RecalibrationTask {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  /** The rows that the curve is fitted on. */
  readonly range: Window;
  readonly log: PredictionLog;
  readonly champion: StoredVersion;
  readonly runtime: Pick<TrainingRuntime, 'load'>;
  readonly grids: Grids;
  readonly note: (line: string) => void;
}

/** The champion with a curve over its scores, and how the curve does on rows that it was not fitted on. */
export interface Recalibrated {
  readonly challenger: TrainedNow;
  readonly decision: CalibrationDecision;
}

/**
 * The champion recalibrated: its weights byte for byte, and a curve over its scores (see `fitRecalibration`), which replaces one that it has. Throws a UserError:
 * RECALIBRATION_UNFIT where the task is not binary, TRAINING_LABELS_INSUFFICIENT where the labelled rows of the range are fewer than
 * `monitoring.minimumLabels` or allow no curve.
 */
export async function recalibrateChampion(task: RecalibrationTask): Promise<Recalibrated> {
  const { definition, spec, range, log, champion, grids } = task;
  if (definition.task !== 'binary') throw unfit(definition);
  const { labelled, facts } = await readTrainingRows(log, { spec, range, grids });
  const { version } = champion.manifest;
  task.note(`recalibrated: fitting a curve over the scores of ${version} on ${facts.rows} labelled rows, ${range.start} to ${range.end}`);
  if (facts.rows < definition.monitoring.minimumLabels) throw insufficient(`${facts.rows} labelled rows`);
  const { calibration: _, ...bare } = champion.model.artifact;
  const network: TrainedModel = { ...champion.model, artifact: bare };
  const predictor = await task.runtime.load(network);
  const { scores } = await predictor.predict(labelled);
  predictor.dispose();
  const fitted = fitRecalibration({ ids: labelled.ids, scores, labels: labelled.labels });
  if (fitted === null) throw insufficient(`${facts.rows} labelled rows with ${facts.positives} positives`);
  const model: TrainedModel = { ...network, artifact: { ...bare, calibration: fitted.calibration } };
  const modelJson = new TextEncoder().encode(canonicalJson(model.artifact));
  const constant = constantAnswer(definition.task, labelled.labels);
  return { challenger: { name: 'recalibrated', model, modelJson, trainedOn: facts, constant }, decision: fitted.decision };
}

function unfit({ name, task }: ModelDefinition): UserError {
  return new UserError({
    code: 'RECALIBRATION_UNFIT',
    message: `${name} is a ${task} model: only the scores of a binary one are recalibrated`,
    hint: 'ask for a retraining',
  });
}

function insufficient(found: string): UserError {
  return new UserError({
    code: 'TRAINING_LABELS_INSUFFICIENT',
    message: `cannot fit a curve over scores on ${found}`,
    hint: 'it needs monitoring.minimumLabels labelled rows of both classes that the champion was not trained on',
  });
}
