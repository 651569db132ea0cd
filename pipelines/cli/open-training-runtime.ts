import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { TrainingRuntime } from '../ports/training-runtime.ts';

/** The engine that trains the models of a definition: TensorFlow.js for networks, ours for linear models. Either loads every artifact. */
export async function openTrainingRuntime({ training }: Pick<ModelDefinition, 'training'>): Promise<TrainingRuntime> {
  if (training.algorithm === 'multilayerPerceptron') {
    const { openTfjsRuntime } = await import('../adapters/tfjs/open-tfjs-runtime.ts');
    return openTfjsRuntime();
  }
  const [{ openLinearTrainer }, { loadPredictor }] = await Promise.all([
    import('../adapters/linear/open-linear-trainer.ts'),
    import('../adapters/tfjs/load-predictor.ts'),
  ]);
  return { ...openLinearTrainer(), load: loadPredictor };
}
