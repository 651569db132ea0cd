import { canonicalJson } from '../core/digest/canonical-json.ts';
import { type ConstantAnswer, constantAnswer } from '../core/evaluation/constant-answer.ts';
import { TASK_OF_ALGORITHM } from '../core/schema/algorithm.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { DatasetFacts, TrainingSpec } from '../core/schema/training-spec.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { TrainedModel, TrainingRuntime } from '../ports/training-runtime.ts';
import { emptyFeatures } from './empty-features.ts';
import { type Grids, readTrainingRows } from './read-dataset.ts';

/** A challenger after training. */
export interface TrainedChallenger {
  readonly name: string;
  readonly model: TrainedModel;
  /** Bytes of model.json. */
  readonly modelJson: Uint8Array;
  readonly trainedOn: DatasetFacts;
  /** What its training rows say when no column is looked at; unknown for what was not trained here. */
  readonly constant?: ConstantAnswer;
}

/** A challenger that was trained just now, from rows that are known. */
export interface TrainedNow extends TrainedChallenger {
  readonly constant: ConstantAnswer;
}

export interface TrainingTask {
  readonly definition: ModelDefinition;
  readonly spec: TrainingSpec;
  readonly log: PredictionLog;
  readonly runtime: Pick<TrainingRuntime, 'train'>;
  readonly grids: Grids;
  /** Hears of each challenger before it is trained, and of each epoch. */
  readonly note: (line: string) => void;
}

/** Trains every challenger of a spec on the labelled rows of its range, and nothing else. */
export async function trainChallengers({ definition, spec, log, runtime, grids, note }: TrainingTask): Promise<TrainedNow[]> {
  const challengers: TrainedNow[] = [];
  for (const { name, range } of spec.challengers) {
    const { labelled, facts } = await readTrainingRows(log, { spec, range, grids });
    note(`${name}: ${phraseTraining(spec, facts)}, ${range.start} to ${range.end}`);
    const empty = emptyFeatures(labelled, spec.features);
    if (empty.length > 0)
      note(`${name}: no training row has a value of ${empty.join(', ')} that can be read; a number needs a decimal point`);
    const model = await runtime.train({
      model: spec.model,
      rows: labelled,
      features: spec.features,
      policy: spec.training,
      classes: definition.labels.classes,
      onEpoch: (epoch, loss) => note(`${name}: epoch ${epoch} of ${spec.training.hyperparameters.epochs}, loss ${loss.toFixed(4)}`),
    });
    const modelJson = new TextEncoder().encode(canonicalJson(model.artifact));
    challengers.push({ name, model, modelJson, trainedOn: facts, constant: constantAnswer(definition.task, labelled.labels) });
  }
  return challengers;
}

function phraseTraining({ training }: TrainingSpec, { rows, positives }: TrainedNow['trainedOn']): string {
  if (rows === 0) return 'no row with a label to train on';
  return `training on ${rows} labelled rows${TASK_OF_ALGORITHM[training.algorithm] === 'binary' ? `, ${positives} positive` : ''}`;
}
