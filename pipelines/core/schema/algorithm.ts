import { z } from 'zod';
import type { Task } from './task.ts';

/** How a model is trained. */
export const Algorithm = z
  .enum(['logisticRegression', 'multilayerPerceptron', 'softmaxRegression', 'ridgeRegression'])
  .meta({ id: 'Algorithm' });
export type Algorithm = z.infer<typeof Algorithm>;

/** The task that each algorithm serves. */
export const TASK_OF_ALGORITHM: Readonly<Record<Algorithm, Task>> = {
  logisticRegression: 'binary',
  multilayerPerceptron: 'binary',
  softmaxRegression: 'multiclass',
  ridgeRegression: 'regression',
};
