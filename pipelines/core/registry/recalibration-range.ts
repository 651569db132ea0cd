import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Window } from '../schema/window.ts';

/**
 * The rows that a curve over the champion's scores may be fitted on: before the rows that judge it, after those that the champion was trained on (there its
 * scores look better than they are), the newest `training.recentRange` of them. null: there is none.
 */
export function recalibrationRange(of: {
  readonly definition: Pick<ModelDefinition, 'training'>;
  readonly heldOut: Window;
  readonly trainedUntil: Instant;
}): Window | null {
  const { definition, heldOut, trainedUntil } = of;
  const recent = addSeconds(heldOut.start, -durationSeconds(definition.training.recentRange));
  const start = recent > trainedUntil ? recent : trainedUntil;
  return start < heldOut.start ? { start, end: heldOut.start } : null;
}
