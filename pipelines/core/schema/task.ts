import { z } from 'zod';

/** What a model predicts: one of two classes, one of several, or a number. */
export const Task = z.enum(['binary', 'multiclass', 'regression']).meta({ id: 'Task' });
export type Task = z.infer<typeof Task>;
