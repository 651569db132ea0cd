import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import type { EncodedRows } from '../../core/evaluation/encode-rows.ts';
import type { TrainingPolicy } from '../../core/schema/training-policy.ts';
import { seededRandom, shuffledIndices } from '../../core/statistics/distributions/seeded-random.ts';

export interface TrainingData {
  readonly encoded: EncodedRows;
  /** 1 or 0 by row. */
  readonly labels: Float64Array;
}

/** Batches of an epoch at least, so that few rows do not end the training after a few dozen steps, far from any minimum. */
const LEAST_BATCHES = 128;
const SMALLEST_BATCH = 16;

/** Runs all epochs over shuffled batches (smaller ones where rows are few). The shuffle is ours and seeded, since the engine's own draws from Math.random; `onEpoch` hears the mean loss. */
export async function trainNetwork(
  network: Sequential,
  data: TrainingData,
  options: { readonly policy: TrainingPolicy; readonly onEpoch: (epoch: number, loss: number) => void },
): Promise<void> {
  const { epochs, batchSize: largest } = options.policy.hyperparameters;
  const { rows, columns: width } = data.encoded;
  const batchSize = Math.min(largest, Math.max(SMALLEST_BATCH, Math.ceil(rows / LEAST_BATCHES)));
  const random = seededRandom(options.policy.seed);
  const inputs = new Float32Array(Math.min(batchSize, rows) * width);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const order = shuffledIndices(rows, random);
    let loss = 0;
    for (let start = 0; start < rows; start += batchSize) {
      const batch = order.subarray(start, Math.min(rows, start + batchSize));
      fillInputs(inputs, data.encoded, batch);
      loss += batch.length * (await trainBatch(network, { inputs, batch, data }));
    }
    options.onEpoch(epoch, loss / rows);
  }
}

async function trainBatch(
  network: Sequential,
  { inputs, batch, data }: { readonly inputs: Float32Array; readonly batch: Uint32Array; readonly data: TrainingData },
): Promise<number> {
  const { columns: width } = data.encoded;
  const targets = Float32Array.from(batch, (row) => data.labels[row] ?? 0);
  const [x, y] = [tensor2d(inputs.subarray(0, batch.length * width), [batch.length, width]), tensor2d(targets, [batch.length, 1])];
  const loss = await network.trainOnBatch(x, y);
  x.dispose();
  y.dispose();
  return Array.isArray(loss) ? (loss[0] ?? Number.NaN) : loss;
}

/** Probabilities by the engine itself, for the check that our own forward pass agrees. */
export function predictByEngine(network: Sequential, encoded: EncodedRows, batch: Uint32Array): Float32Array {
  const inputs = new Float32Array(batch.length * encoded.columns);
  fillInputs(inputs, encoded, batch);
  return tidy(() => {
    const output = network.predictOnBatch(tensor2d(inputs, [batch.length, encoded.columns]));
    const tensor = Array.isArray(output) ? output[0] : output;
    return Float32Array.from(tensor?.dataSync() ?? []);
  });
}

/** Writes rows densely into one preallocated array. */
function fillInputs(inputs: Float32Array, encoded: EncodedRows, batch: Uint32Array): void {
  inputs.fill(0);
  const { columns, starts, indices, values } = encoded;
  for (let index = 0; index < batch.length; index += 1) {
    const row = batch[index] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let entry = starts[row] ?? 0; entry < end; entry += 1) inputs[index * columns + (indices[entry] ?? 0)] = values[entry] ?? 0;
  }
}
