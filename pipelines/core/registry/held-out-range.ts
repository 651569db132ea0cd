import { UserError } from '../errors/user-error.ts';
import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { type Window, windowsBetween } from '../schema/window.ts';

export interface HeldOutRequest {
  readonly definition: ModelDefinition;
  readonly historyStart: Instant;
  /** Event time up to which labels have arrived. */
  readonly labelledUntil: Instant;
  /** Nothing before this may be held out: the champion was trained on it. null without a champion. */
  readonly notBefore: Instant | null;
}

/**
 * The newest whole windows that are fully labelled, `training.heldOutRange` of them, cut where the champion was trained.
 * Throws a UserError (TRAINING_RANGE_EMPTY) when no window is left, or none before them to train on.
 */
export function heldOutRange({ definition, historyStart, labelledUntil, notBefore }: HeldOutRequest): Window {
  const windowSeconds = durationSeconds(definition.monitoring.window);
  const whole = windowsBetween({ start: historyStart, end: labelledUntil }, windowSeconds);
  const count = Math.max(1, Math.floor(durationSeconds(definition.training.heldOutRange) / windowSeconds));
  const unseen = whole.slice(1).filter(({ start }) => notBefore === null || start >= notBefore);
  const heldOut = unseen.slice(-count);
  const [first, last] = [heldOut[0], heldOut.at(-1)];
  if (first === undefined || last === undefined) {
    throw new UserError({
      code: 'TRAINING_RANGE_EMPTY',
      message: `between ${notBefore ?? historyStart} and ${labelledUntil} no fully labelled window can be held out`,
      hint: 'wait for labels, or choose a shorter monitoring.window',
    });
  }
  return { start: first.start, end: addSeconds(last.start, windowSeconds) };
}
