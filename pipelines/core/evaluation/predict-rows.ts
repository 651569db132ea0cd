import type { InputEncoding } from '../schema/model-artifact.ts';
import type { Predictions } from '../schema/predictions.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { ScoreCalibration } from '../schema/score-calibration.ts';
import { calibratedScore } from './calibrated-score.ts';
import type { Layer } from './decode-weights.ts';
import { type EncodedRows, encodeRows } from './encode-rows.ts';

/** A model ready to predict. */
export interface LoadedModel {
  readonly inputs: readonly InputEncoding[];
  readonly layers: readonly Layer[];
  /** Class of each output; left out unless there are several. */
  readonly classes?: readonly string[] | undefined;
  /** What the scores pass through; left out: nothing. Never beside classes. */
  readonly calibration?: ScoreCalibration | undefined;
}

/** What a model says of each row, in order. Of classes that are equally probable the first is called. */
export function predictRows({ inputs, layers, classes, calibration }: LoadedModel, table: RowTable): Predictions {
  const outputs = outputsOf(layers, encodeRows(inputs, table));
  const rows = table.ids.length;
  if (classes === undefined) {
    const scores = calibration === undefined ? outputs : outputs.map((score) => calibratedScore(calibration, score));
    return { scores, predicted: new Float64Array(rows).fill(Number.NaN), probabilities: {} };
  }
  const predicted = new Float64Array(rows);
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const called = largestPlace(outputs.subarray(row * classes.length, (row + 1) * classes.length));
    predicted[row] = called;
    scores[row] = outputs[row * classes.length + called] ?? Number.NaN;
  }
  const column = (place: number) => Float64Array.from({ length: rows }, (_, row) => outputs[row * classes.length + place] ?? Number.NaN);
  return { scores, predicted, probabilities: Object.fromEntries(classes.map((name, place) => [name, column(place)])) };
}

function largestPlace(values: Float64Array): number {
  let place = 0;
  for (let other = 1; other < values.length; other += 1) if ((values[other] ?? 0) > (values[place] ?? 0)) place = other;
  return place;
}

/**
 * What the last layer gives, row by row: the forward pass in plain TypeScript. The first layer adds one kernel row per entry instead of
 * multiplying with a mostly empty matrix, so the cost is O(entries · units) however many inputs there are. Sums in 64 bits over 32-bit
 * weights: equal to the training engine's within 1e-6.
 */
export function outputsOf(layers: readonly Layer[], encoded: EncodedRows): Float64Array {
  const [first, ...rest] = layers;
  const width = layers.at(-1)?.units ?? 0;
  const outputs = new Float64Array(encoded.rows * width);
  if (first === undefined) return outputs;
  const units = layers.map((layer) => new Float64Array(layer.units));
  for (let row = 0; row < encoded.rows; row += 1) {
    let current = firstLayer(first, { encoded, row, into: units[0] ?? new Float64Array(first.units) });
    for (const [index, layer] of rest.entries()) current = denseLayer(layer, current, units[index + 1] ?? new Float64Array(layer.units));
    outputs.set(current, row * width);
  }
  return outputs;
}

function firstLayer(layer: Layer, at: { readonly encoded: EncodedRows; readonly row: number; readonly into: Float64Array }): Float64Array {
  const { into, row } = at;
  const { starts, indices, values } = at.encoded;
  const { kernel, bias, units } = layer;
  for (let unit = 0; unit < units; unit += 1) into[unit] = bias[unit] ?? 0;
  const end = starts[row + 1] ?? 0;
  for (let entry = starts[row] ?? 0; entry < end; entry += 1) {
    const value = values[entry] ?? 0;
    const from = (indices[entry] ?? 0) * units;
    for (let unit = 0; unit < units; unit += 1) into[unit] = (into[unit] ?? 0) + value * (kernel[from + unit] ?? 0);
  }
  return activate(layer.activation, into);
}

function denseLayer(layer: Layer, inputs: Float64Array, into: Float64Array): Float64Array {
  const { kernel, bias, units } = layer;
  for (let unit = 0; unit < units; unit += 1) {
    let sum = bias[unit] ?? 0;
    for (let input = 0; input < inputs.length; input += 1) sum += (inputs[input] ?? 0) * (kernel[input * units + unit] ?? 0);
    into[unit] = sum;
  }
  return activate(layer.activation, into);
}

function activate(activation: Layer['activation'], values: Float64Array): Float64Array {
  if (activation === 'softmax') return softmax(values);
  if (activation === 'identity') return values;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    values[index] = activation === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : Math.max(0, value);
  }
  return values;
}

/** In place. The largest sum is taken off first, so that nothing overflows. */
function softmax(values: Float64Array): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) largest = Math.max(largest, value);
  let total = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = Math.exp((values[index] ?? 0) - largest);
    values[index] = value;
    total += value;
  }
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] ?? 0) / total;
  return values;
}
