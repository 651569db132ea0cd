import type { TrainingRuntime } from '../../ports/training-runtime.ts';
import { trainLinear } from './train-linear.ts';

/** Changes with anything that changes the bytes of a model trained from the same rows. */
const VERSION = '1.0.0';

/** Logistic, ridge and softmax regression in plain TypeScript. Its sums have one order, so that every processor gives the same bytes. */
export function openLinearTrainer(): Pick<TrainingRuntime, 'backend' | 'train'> {
  return { backend: `holdfast-linear ${VERSION}`, train: async (request) => trainLinear(request) };
}
