import { UserError } from '../errors/user-error.ts';
import { heldOutRange } from '../registry/held-out-range.ts';
import { durationSeconds } from '../schema/duration.ts';
import { epochSeconds } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { Window } from '../schema/window.ts';
import { asksForRetraining } from './incident-kinds.ts';
import { findObstacle, type ObstacleInput } from './retraining-obstacles.ts';

/** While harm is measured, a trial is repeated once this share of its rows is new. */
const NEW_SHARE_IN_HARM = 0.25;

/**
 * Whether remedies should be tried in this run. Only when a retraining could be proposed at all (no obstacle, none open), and on rows that are new: wholly
 * newer than those of the last trial, so that no difference is looked at twice until chance shows one; a quarter new while harm is measured.
 */
export function isTrialDue(input: ObstacleInput, state: ModelState): boolean {
  if (!input.definition.retraining.trials || state.retraining !== null || findObstacle(input, state) !== null) return false;
  const range = trialRange(input);
  if (range === null) return false;
  const last = state.trial;
  if (last === null || last.champion !== input.report.champion) return true;
  const newSeconds = epochSeconds(range.end) - epochSeconds(last.range.end);
  const whole = durationSeconds(input.definition.training.heldOutRange);
  return newSeconds >= whole * (isHarmed(input, state) ? NEW_SHARE_IN_HARM : 1);
}

function trialRange({ definition, historyStart, labelledUntil, championVersion }: ObstacleInput): Window | null {
  try {
    return heldOutRange({ definition, historyStart, labelledUntil, notBefore: championVersion.trainedUntil });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** An incident asks already, or the newest window alerts and may open one in this run. */
function isHarmed({ report }: ObstacleInput, state: ModelState): boolean {
  const newest = report.windows.at(-1)?.signals ?? [];
  return (
    state.incidents.some(asksForRetraining) || newest.some(({ kind, status }) => kind === 'realised-performance' && status === 'alert')
  );
}
