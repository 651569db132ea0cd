import type { ModelDefinition } from '../schema/model-definition.ts';
import { PREDICTION_COLUMN, SCORE_COLUMN } from '../schema/window-profile.ts';

/** The columns of a profile that hold what the model said: its scores and, of a multiclass model, the called classes. */
export function predictionSubjects({ task }: ModelDefinition): readonly string[] {
  return task === 'multiclass' ? [SCORE_COLUMN, PREDICTION_COLUMN] : [SCORE_COLUMN];
}

/** Whether a column of a profile is none of the data contract, but what the model said. */
export function isOfPredictions(subject: string): boolean {
  return subject === SCORE_COLUMN || subject === PREDICTION_COLUMN;
}
