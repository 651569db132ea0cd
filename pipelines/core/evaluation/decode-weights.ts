import { UserError } from '../errors/user-error.ts';
import type { Algorithm } from '../schema/algorithm.ts';
import type { Activation, ModelArtifact } from '../schema/model-artifact.ts';
import type { ScoreCalibration } from '../schema/score-calibration.ts';
import { encodingWidth } from './encode-rows.ts';

/** One dense layer: kernel inputs x units, row-major. */
export interface Layer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** No model that Holdfast trains comes near; larger files are refused before memory is taken for them. */
const MAXIMUM_BYTES = 64_000_000;

/**
 * Reads weights.bin as the artifact declares it. Throws a UserError (ARTIFACT_INVALID) unless layers chain, the last gives what the algorithm
 * gives, sizes agree to the byte and every weight is finite. An artifact is data: it names no file and no code.
 */
export function decodeWeights(artifact: ModelArtifact, bytes: Uint8Array): readonly Layer[] {
  checkShapes(artifact, bytes.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  function take(count: number): Float32Array {
    const start = offset;
    offset += count * 4;
    return Float32Array.from({ length: count }, (_, index) => view.getFloat32(start + index * 4, true));
  }
  const layers = artifact.layers.map((layer) => ({ ...layer, kernel: take(layer.inputs * layer.units), bias: take(layer.units) }));
  for (const { kernel, bias } of layers) {
    if (!kernel.every(Number.isFinite) || !bias.every(Number.isFinite)) throw invalid('a weight is not a finite number');
  }
  return layers;
}

/** weights.bin of layers: the inverse of `decodeWeights`. */
export function encodeWeights(layers: readonly { readonly kernel: Float32Array; readonly bias: Float32Array }[]): Uint8Array {
  const values = layers.flatMap((layer) => [layer.kernel, layer.bias]);
  const bytes = new Uint8Array(4 * values.reduce((sum, each) => sum + each.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const each of values) {
    for (const value of each) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return bytes;
}

function checkShapes(artifact: ModelArtifact, byteLength: number): void {
  if (byteLength > MAXIMUM_BYTES) throw invalid(`weights.bin has ${byteLength} bytes, more than ${MAXIMUM_BYTES}`);
  for (const input of artifact.inputs) if (input.kind === 'text') checkBuckets(input);
  const width = artifact.inputs.reduce((sum, input) => sum + encodingWidth(input), 0);
  const { layers } = artifact;
  checkOutputs(artifact);
  if (artifact.calibration !== undefined) checkCalibration(artifact.calibration, layers.at(-1)?.activation);
  for (const [index, layer] of layers.entries()) {
    const expected = index === 0 ? width : layers[index - 1]?.units;
    if (layer.inputs !== expected) throw invalid(`layer ${index + 1} takes ${layer.inputs} inputs where ${expected} come in`);
  }
  const declared = 4 * layers.reduce((sum, layer) => sum + (layer.inputs + 1) * layer.units, 0);
  if (declared !== artifact.weightsBytes) throw invalid(`the layers need ${declared} bytes, model.json says ${artifact.weightsBytes}`);
  if (declared !== byteLength) throw invalid(`the layers need ${declared} bytes, weights.bin has ${byteLength}`);
}

/** A curve that falls or bends back would change the order of rows, which a recalibration promises to keep. */
function checkCalibration(calibration: ScoreCalibration, activation: Activation | undefined): void {
  if (activation !== 'sigmoid') throw invalid('only the scores of a binary model are calibrated');
  if (calibration.method === 'logistic') return;
  const { scores, probabilities } = calibration;
  const isSound =
    scores.length === probabilities.length &&
    scores.every((score, place) => place === 0 || score > (scores[place - 1] ?? score)) &&
    probabilities.every((level, place) => place === 0 || level >= (probabilities[place - 1] ?? level));
  if (!isSound) throw invalid('the curve over the scores does not rise');
}

function checkBuckets({ column, buckets, hashes }: Extract<ModelArtifact['inputs'][number], { kind: 'text' }>): void {
  const isSound = buckets.every((bucket, place) => bucket < hashes && (place === 0 || bucket > (buckets[place - 1] ?? bucket)));
  if (!isSound) throw invalid(`the buckets of "${column}" are not ascending numbers below ${hashes}`);
}

/** What each algorithm gives, and in how many layers at most. */
const OUTPUTS: Readonly<Record<Algorithm, { readonly name: string; readonly activation: Activation; readonly isDeep: boolean }>> = {
  logisticRegression: { name: 'a logistic regression', activation: 'sigmoid', isDeep: false },
  multilayerPerceptron: { name: 'a multilayer perceptron', activation: 'sigmoid', isDeep: true },
  softmaxRegression: { name: 'a softmax regression', activation: 'softmax', isDeep: false },
  ridgeRegression: { name: 'a ridge regression', activation: 'identity', isDeep: false },
};

function checkOutputs({ algorithm, layers, classes }: ModelArtifact): void {
  const { name, activation, isDeep } = OUTPUTS[algorithm];
  const last = layers.at(-1);
  const units = activation === 'softmax' ? (classes?.length ?? 0) : 1;
  if (last === undefined || last.units !== units || last.activation !== activation)
    throw invalid(`the last layer is not ${activation === 'softmax' ? `a softmax of ${units} classes` : `one ${activation} unit`}`);
  if (!isDeep && layers.length !== 1) throw invalid(`${name} has one layer`);
  if (layers.slice(0, -1).some((layer) => layer.activation === 'softmax')) throw invalid('a softmax layer is not the last');
  if (activation !== 'softmax' && classes !== undefined) throw invalid(`${name} has no classes`);
  if (classes !== undefined && new Set(classes).size < classes.length) throw invalid('a class is there twice');
}

function invalid(message: string): UserError {
  return new UserError({
    code: 'ARTIFACT_INVALID',
    message: `not a model: ${message}`,
    hint: 'restore model.json and weights.bin of this version from git, or train again',
  });
}
