import { decodeWeights } from '../../core/evaluation/decode-weights.ts';
import { scoreRows } from '../../core/evaluation/score-rows.ts';
import type { Predictor, TrainedModel } from '../../ports/training-runtime.ts';

/** Loads a model from its bytes, without the training engine: starts at once, and gives the engine's scores within 1e-6. Rejects with a UserError (ARTIFACT_INVALID) when shapes and sizes do not agree. */
export async function loadPredictor(model: TrainedModel): Promise<Predictor> {
  const { inputs } = model.artifact;
  const layers = decodeWeights(model.artifact, model.weights);
  return {
    score: async (rows) => scoreRows({ inputs, layers }, rows),
    dispose() {},
  };
}
