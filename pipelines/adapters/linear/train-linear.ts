import { UserError } from '../../core/errors/user-error.ts';
import { countPositives } from '../../core/evaluation/count-positives.ts';
import { encodeWeights } from '../../core/evaluation/decode-weights.ts';
import { encodeRows, encodingWidth } from '../../core/evaluation/encode-rows.ts';
import { learnEncodings } from '../../core/evaluation/learn-encodings.ts';
import type { InputEncoding, ModelArtifact } from '../../core/schema/model-artifact.ts';
import { phraseQuantity } from '../../core/schema/phrase-number.ts';
import { fitLogistic } from '../../core/statistics/learners/logistic-regression.ts';
import { fitRidge } from '../../core/statistics/learners/ridge-regression.ts';
import { fitSoftmax } from '../../core/statistics/learners/softmax-regression.ts';
import { rarityScales } from '../../core/statistics/text/rarity-scales.ts';
import type { SparseRows } from '../../core/statistics/text/sparse-rows.ts';
import type { TrainedModel, TrainingRequest } from '../../ports/training-runtime.ts';

/** Most steps of the quasi-Newton method: it needs 30 to 100 on tables. */
const MAXIMUM_STEPS = 300;

/** One layer, and what the artifact says of it besides its size. */
interface Fitted {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly activation: 'softmax' | 'sigmoid' | 'identity';
  readonly classes?: string[];
}

/**
 * Trains a logistic, softmax or ridge regression. `l2` is the weight of the squared weights beside the mean loss of a row, as in the other engine.
 * Logistic and ridge regression are solved to their one minimum, so that no number of epochs and no size of batches decides how good a model of few rows is.
 */
export function trainLinear(request: TrainingRequest): TrainedModel {
  const { rows, policy, features, model } = request;
  const inputs = learnEncodings(rows, { ...policy, features });
  const design = encodeRows(inputs, rows);
  const { kernel, bias, activation, classes } = fit(request, { design, inputs });
  const weights = encodeWeights([{ kernel, bias }]);
  const artifact: ModelArtifact = {
    schemaVersion: 1,
    model,
    algorithm: policy.algorithm,
    inputs,
    ...(classes === undefined ? {} : { classes }),
    layers: [{ inputs: design.columns, units: bias.length, activation }],
    weightsBytes: weights.byteLength,
  };
  return { artifact, weights };
}

interface Encoded {
  readonly design: SparseRows;
  readonly inputs: readonly InputEncoding[];
}

function fit(request: TrainingRequest, encoded: Encoded): Fitted {
  const { algorithm } = request.policy;
  if (algorithm === 'ridgeRegression') return ridge(request, encoded.design);
  if (algorithm === 'logisticRegression') return logistic(request, encoded.design);
  return softmax(request, encoded);
}

function logistic({ rows: { labels }, policy }: TrainingRequest, design: SparseRows): Fitted {
  countPositives(labels);
  const { weights, intercept } = fitLogistic({
    design,
    labels,
    train: Uint32Array.from(labels.keys()),
    penalty: 2 * policy.hyperparameters.l2 * labels.length,
    maximumSteps: MAXIMUM_STEPS,
  });
  return { kernel: Float32Array.from(weights), bias: Float32Array.of(intercept), activation: 'sigmoid' };
}

function ridge({ rows: { labels }, policy }: TrainingRequest, design: SparseRows): Fitted {
  if (labels.length === 0 || !labels.every(Number.isFinite))
    throw labelsInsufficient(`${phraseQuantity(labels.length, 'row')}, not all with a finite label`);
  const { weights, intercept } = fitRidge({ design, targets: labels, penalty: policy.hyperparameters.l2 * labels.length });
  return { kernel: Float32Array.from(weights), bias: Float32Array.of(intercept), activation: 'identity' };
}

function softmax({ rows: { labels }, policy, classes = [], onEpoch }: TrainingRequest, { design, inputs }: Encoded): Fitted {
  const met = new Set(labels);
  if (!labels.every((label) => Number.isInteger(label) && label >= 0 && label < classes.length) || met.size < 2) {
    throw labelsInsufficient(`${phraseQuantity(labels.length, 'row')} of ${met.size} of the ${classes.length} classes`);
  }
  const scales = rarityScales(design, textRanges(inputs));
  const { epochs, l2 } = policy.hyperparameters;
  const fitted = fitSoftmax({
    design: scaled(design, scales),
    labels,
    classes: classes.length,
    penalty: 2 * l2 * labels.length,
    epochs,
    seed: policy.seed,
    onEpoch,
  });
  const kernel = Float32Array.from(fitted.weights, (weight, index) => weight * (scales[Math.floor(index / classes.length)] ?? 1));
  return { kernel, bias: Float32Array.from(fitted.intercepts), activation: 'softmax', classes: [...classes] };
}

/** The inputs of words; the one for no known word is like a category. */
function textRanges(inputs: readonly InputEncoding[]): { readonly from: number; readonly to: number }[] {
  let offset = 0;
  return inputs.flatMap((input) => {
    const from = offset;
    offset += encodingWidth(input);
    return input.kind === 'text' ? [{ from, to: offset - 1 }] : [];
  });
}

function scaled(design: SparseRows, scales: Float64Array): SparseRows {
  const { indices, values } = design;
  return {
    ...design,
    values: Float64Array.from(indices, (column, entry) => (values === null ? 1 : (values[entry] ?? 0)) * (scales[column] ?? 1)),
  };
}

function labelsInsufficient(found: string): UserError {
  return new UserError({
    code: 'TRAINING_LABELS_INSUFFICIENT',
    message: `cannot train on ${found}`,
    hint: 'check the label log, labels.classes of model.yml and the range of the training spec',
  });
}
