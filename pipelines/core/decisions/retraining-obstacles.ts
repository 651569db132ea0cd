import { UserError } from '../errors/user-error.ts';
import { heldOutRange } from '../registry/held-out-range.ts';
import type { Because } from '../schema/decision.ts';
import { durationSeconds } from '../schema/duration.ts';
import type { Incident } from '../schema/incident.ts';
import { addSeconds } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState } from '../schema/model-state.ts';
import { becauseOfIncident, becauseOfPolicy } from './because.ts';
import type { DecisionInput } from './decision-input.ts';
import { blocksRetraining } from './incident-kinds.ts';
import { nextAttemptAt } from './next-attempt.ts';

/** What stands in the way of a retraining. `reason` holds nothing that changes from day to day, so that it can be told once. */
export interface Obstacle {
  readonly reason: string;
  readonly remedy: string;
  readonly because: Because;
}

/** What obstacles are looked for in. */
export type ObstacleInput = Pick<DecisionInput, 'definition' | 'report' | 'historyStart' | 'labelledUntil' | 'championVersion'>;

type Check = (input: ObstacleInput, state: ModelState) => Obstacle | null;

/** The first obstacle, in the order of the policy: broken data, too few new labels, cooldown, a retraining that could not be finished, budget. null: the way is free. */
export function findObstacle(input: ObstacleInput, state: ModelState): Obstacle | null {
  return firstOf([brokenData, tooFewLabels, coolingDown, waitingAfterFailure, overBudget, nothingToHoldOut], input, state);
}

/** For a retraining that a person commands: the person overrules the wait, not the broken data and not the budget. */
export function findObstacleToCommand(input: ObstacleInput, state: ModelState): Obstacle | null {
  return firstOf([alreadyOpen, brokenData, overBudget, nothingToHoldOut], input, state);
}

function firstOf(checks: readonly Check[], input: ObstacleInput, state: ModelState): Obstacle | null {
  for (const check of checks) {
    const obstacle = check(input, state);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

function alreadyOpen(_input: ObstacleInput, state: ModelState): Obstacle | null {
  if (state.retraining === null) return null;
  const { version, branch } = state.retraining;
  return {
    reason: `A retraining is already open: ${version} on branch ${branch}.`,
    remedy: 'Merge or close its pull request first.',
    because: becauseOfPolicy('retraining', 'One retraining at a time'),
  };
}

function brokenData({ definition }: ObstacleInput, state: ModelState): Obstacle | null {
  const blocking = state.incidents.filter((incident) => blocksRetraining(incident, definition));
  const first = blocking[0];
  if (first === undefined) return null;
  const named = blocking.map((incident) => `${incident.kind} of ${incident.subject}`).sort();
  const upstreams = [...new Set(blocking.map((incident) => upstreamOf(definition, incident)))].sort();
  return {
    reason: `The data is not fit to train on: ${named.join(', ')}.`,
    remedy: `Ask ${upstreams.join(' and ')} to repair the data; a retraining becomes possible when the incident is closed.`,
    because: becauseOfIncident(first),
  };
}

/** Right after a retraining there may be no labelled window that the champion was not trained on: nothing to judge a challenger by. */
function nothingToHoldOut({ definition, historyStart, labelledUntil, championVersion }: ObstacleInput): Obstacle | null {
  try {
    heldOutRange({ definition, historyStart, labelledUntil, notBefore: championVersion.trainedUntil });
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      reason: `No fully labelled window is left to judge a challenger of ${championVersion.version} by.`,
      remedy: `Wait for labels; they usually arrive ${definition.labels.delay} after the prediction.`,
      because: becauseOfPolicy('training.heldOutRange', error.message),
    };
  }
}

/** Who can repair it: the source of the column, or the owner where the contract names none. */
function upstreamOf(definition: ModelDefinition, incident: Incident): string {
  const source = definition.columns.find(({ name }) => name === incident.subject)?.source;
  return source === undefined ? `the owner (${definition.owner})` : `the upstream source of ${incident.subject} (${source})`;
}

function tooFewLabels({ definition, report }: ObstacleInput): Obstacle | null {
  const { minimumNewLabels } = definition.retraining;
  if (report.newLabels >= minimumNewLabels) return null;
  return {
    reason: `Fewer than ${minimumNewLabels} labelled rows are newer than the training data of ${report.champion}.`,
    remedy: `Wait for labels; they usually arrive ${definition.labels.delay} after the prediction.`,
    because: becauseOfPolicy('retraining.minimumNewLabels', `${report.newLabels} new labelled rows, ${minimumNewLabels} are needed`),
  };
}

function coolingDown({ definition, report }: ObstacleInput, state: ModelState): Obstacle | null {
  const last = state.proposals.findLast(({ outcome }) => outcome !== 'abandoned');
  if (last === undefined) return null;
  const until = addSeconds(last.at, durationSeconds(definition.retraining.cooldown));
  if (until <= report.asOf) return null;
  const day = until.slice(0, 10);
  const refused = last.outcome === 'refused';
  const end = refused ? ', and it did not pass its gate or was declined' : '';
  return {
    reason: `${last.version} was proposed on ${last.at.slice(0, 10)}${end}; the cooldown lasts until ${day}.`,
    remedy: refused
      ? `The next challenger is trained on newer labels after ${day}. Until then look at the features that drifted; a person may ask earlier with /holdfast retrain.`
      : `Wait until ${day}, or ask with /holdfast retrain.`,
    because: becauseOfPolicy('retraining.cooldown', `${definition.retraining.cooldown} between two proposals`, {
      start: last.at,
      end: until,
    }),
  };
}

function waitingAfterFailure({ definition, report }: ObstacleInput, state: ModelState): Obstacle | null {
  const last = state.proposals.at(-1);
  const until = nextAttemptAt(state.proposals, definition.retraining.cooldown);
  if (last === undefined || until === null || until <= report.asOf) return null;
  return {
    reason: `${last.version} was proposed on ${last.at.slice(0, 10)}, but its runs could not be finished; nothing is tried again before ${until.slice(0, 10)}.`,
    remedy: 'Repair what stopped the runs, then ask with /holdfast retrain; else the policy tries again by itself.',
    because: becauseOfPolicy('retraining', last.abandoned?.problem ?? 'Its runs ended without a judgement', { start: last.at, end: until }),
  };
}

function overBudget({ definition, report }: ObstacleInput, state: ModelState): Obstacle | null {
  const { proposals, per } = definition.retraining.budget;
  const since = addSeconds(report.asOf, -durationSeconds(per));
  const spent = state.proposals.filter(({ at, outcome }) => at > since && outcome !== 'abandoned');
  if (spent.length < proposals) return null;
  return {
    reason: `The budget of ${proposals} proposals per ${per} is spent.`,
    remedy:
      'Raise retraining.budget in model.yml if the retrainings were worth it; if they were not, the model needs new features, not newer rows.',
    because: becauseOfPolicy('retraining.budget', `${spent.length} proposals since ${since}`, { start: since, end: report.asOf }),
  };
}
