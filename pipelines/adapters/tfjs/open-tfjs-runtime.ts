import { version_core } from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import { countPositives } from '../../core/evaluation/count-positives.ts';
import { decodeWeights, encodeWeights } from '../../core/evaluation/decode-weights.ts';
import { type EncodedRows, encodeRows } from '../../core/evaluation/encode-rows.ts';
import { learnEncodings } from '../../core/evaluation/learn-encodings.ts';
import { outputsOf } from '../../core/evaluation/predict-rows.ts';
import type { ModelArtifact } from '../../core/schema/model-artifact.ts';
import type { TrainedModel, TrainingRequest, TrainingRuntime } from '../../ports/training-runtime.ts';
import { buildNetwork, layerShapes } from './build-network.ts';
import { loadPredictor } from './load-predictor.ts';
import { type BackendName, openBackend } from './open-backend.ts';
import { predictByEngine, trainNetwork } from './train-network.ts';

/** How far a score of ours may lie from the engine's, which computes in 32 bits. */
const TOLERANCE = 1e-5;

/** TensorFlow.js: tfjs-node where its native library works, the WebAssembly backend otherwise, or the backend asked for. The artifact has the same form either way. */
export async function openTfjsRuntime(options: { readonly backend?: BackendName } = {}): Promise<TrainingRuntime> {
  const name = await openBackend(options.backend);
  return {
    backend: `tfjs-${name} ${version_core}`,
    async train(request) {
      await openBackend(name);
      return trainModel(request);
    },
    load: loadPredictor,
  };
}

async function trainModel(request: TrainingRequest): Promise<TrainedModel> {
  const { rows, policy } = request;
  const positives = countPositives(rows.labels);
  const inputs = learnEncodings(rows, { ...policy, features: request.features });
  const encoded = encodeRows(inputs, rows);
  const shapes = layerShapes(policy, encoded.columns);
  const network = buildNetwork(shapes, { policy, baseRate: positives / encoded.rows });
  try {
    await trainNetwork(network, { encoded, labels: rows.labels }, { policy, onEpoch: request.onEpoch });
    const weights = encodeWeights(network.layers.map(weightsOf));
    const artifact: ModelArtifact = {
      schemaVersion: 1,
      model: request.model,
      algorithm: policy.algorithm,
      inputs,
      layers: [...shapes],
      weightsBytes: weights.byteLength,
    };
    checkAgreement({ artifact, weights }, network, encoded);
    return { artifact, weights };
  } finally {
    network.dispose();
  }
}

function weightsOf(layer: Sequential['layers'][number]): { kernel: Float32Array; bias: Float32Array } {
  const [kernel, bias] = layer.getWeights();
  if (kernel === undefined || bias === undefined) throw new Error(`layer ${layer.name} has no kernel and bias`);
  return { kernel: Float32Array.from(kernel.dataSync()), bias: Float32Array.from(bias.dataSync()) };
}

/** The artifact must say what the engine says; anything else is a bug, found before a version is written. */
function checkAgreement(model: TrainedModel, network: Sequential, encoded: EncodedRows): void {
  const sample = Uint32Array.from({ length: Math.min(256, encoded.rows) }, (_, row) => row);
  const engine = predictByEngine(network, encoded, sample);
  const ours = outputsOf(decodeWeights(model.artifact, model.weights), { ...encoded, rows: sample.length });
  const worst = ours.reduce((far, score, row) => Math.max(far, Math.abs(score - (engine[row] ?? Number.NaN))), 0);
  if (!(worst <= TOLERANCE)) throw new Error(`scores differ from the training engine's by ${worst}`);
}
