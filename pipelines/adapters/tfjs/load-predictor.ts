import { decodeWeights } from '../../core/evaluation/decode-weights.ts';
import { predictRows } from '../../core/evaluation/predict-rows.ts';
import type { Predictor, TrainedModel } from '../../ports/training-runtime.ts';

/** Loads a model from its bytes, without the training engine: starts at once, and predicts as the engine within 1e-6. Rejects with a UserError (ARTIFACT_INVALID) when shapes and sizes do not agree. */
export async function loadPredictor(model: TrainedModel): Promise<Predictor> {
  const { inputs, classes, calibration } = model.artifact;
  const layers = decodeWeights(model.artifact, model.weights);
  return {
    predict: async (rows) => predictRows({ inputs, layers, classes, calibration }, rows),
    dispose() {},
  };
}
