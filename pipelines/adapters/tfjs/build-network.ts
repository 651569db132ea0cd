import { train } from '@tensorflow/tfjs-core';
import { initializers, layers, regularizers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { ModelArtifact } from '../../core/schema/model-artifact.ts';
import type { TrainingPolicy } from '../../core/schema/training-policy.ts';

type LayerShape = ModelArtifact['layers'][number] & { readonly activation: 'relu' | 'sigmoid' };

/** Layers of a multilayer perceptron over `width` inputs: relu layers, and one sigmoid unit behind them. */
export function layerShapes(policy: TrainingPolicy, width: number): readonly LayerShape[] {
  const units = [...policy.hyperparameters.hiddenUnits, 1];
  return units.map((count, index) => ({
    inputs: index === 0 ? width : (units[index - 1] ?? width),
    units: count,
    activation: index === units.length - 1 ? 'sigmoid' : 'relu',
  }));
}

/**
 * A compiled network of these layers. Starts from seeded weights (a single layer from zero: its loss has one minimum) and from the base rate in its last bias,
 * so that no epoch is spent on learning how frequent positives are.
 */
export function buildNetwork(
  shapes: readonly LayerShape[],
  options: { readonly policy: TrainingPolicy; readonly baseRate: number },
): Sequential {
  const { policy, baseRate } = options;
  const { l2, learningRate } = policy.hyperparameters;
  const network = sequential();
  for (const [index, shape] of shapes.entries()) {
    const isLast = index === shapes.length - 1;
    network.add(
      layers.dense({
        units: shape.units,
        activation: shape.activation,
        ...(index === 0 ? { inputShape: [shape.inputs] } : {}),
        kernelInitializer: shapes.length === 1 ? 'zeros' : initializers.glorotUniform({ seed: policy.seed * 31 + index + 1 }),
        biasInitializer: isLast ? initializers.constant({ value: logit(baseRate) }) : 'zeros',
        kernelRegularizer: regularizers.l2({ l2 }),
      }),
    );
  }
  network.compile({ optimizer: train.adam(learningRate), loss: 'binaryCrossentropy' });
  return network;
}

function logit(rate: number): number {
  const inside = Math.min(0.999, Math.max(0.001, rate));
  return Math.log(inside / (1 - inside));
}
