import { UserError } from '../errors/user-error.ts';
import { heldOutRange } from '../registry/held-out-range.ts';
import type { Because } from '../schema/decision.ts';
import { durationSeconds } from '../schema/duration.ts';
import { type Incident, membersOf } from '../schema/incident.ts';
import { addSeconds } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { Signal } from '../schema/signal.ts';
import { becauseOfIncident, becauseOfPolicy, becauseOfSignal } from './because.ts';
import type { DecisionInput } from './decision-input.ts';
import { blocksRetraining, isBrokenData, isOngoing } from './incident-kinds.ts';
import { nextAttemptAt } from './next-attempt.ts';
import { spoiltHeldOut } from './spoilt-held-out.ts';
import { incidentKey } from './step-incident.ts';
import { whomToAsk } from './whom-to-ask.ts';

/** What stands in the way of a retraining. `reason` holds nothing that changes from day to day, so that it can be told once. */
export interface Obstacle {
  readonly reason: string;
  readonly remedy: string;
  readonly because: Because;
}

/** What obstacles are looked for in. */
export type ObstacleInput = Pick<DecisionInput, 'definition' | 'report' | 'historyStart' | 'labelledUntil' | 'championVersion'>;

type Check = (input: ObstacleInput, state: ModelState) => Obstacle | null;

/** The first obstacle, in the order of the policy: broken data now or in the rows to judge by, too few new labels, cooldown, a retraining that could not be finished, budget. null: the way is free. */
export function findObstacle(input: ObstacleInput, state: ModelState): Obstacle | null {
  return firstOf([brokenData, spoiltRows, tooFewLabels, coolingDown, waitingAfterFailure, overBudget, nothingToHoldOut], input, state);
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

function brokenData(input: ObstacleInput, state: ModelState): Obstacle | null {
  const { definition } = input;
  const blocking = state.incidents.filter((incident) => blocksRetraining(incident, definition));
  const fresh = newBreaches(input, state);
  const [first, signal] = [blocking[0], fresh[0]];
  const because = first !== undefined ? becauseOfIncident(first) : signal !== undefined ? becauseOfSignal(signal) : null;
  if (because === null) return null;
  const breaches = [...blocking.flatMap((incident) => membersOf(incident).filter(({ status }) => status === 'bad')), ...fresh];
  const named = breaches.map(({ kind, subject }) => `${kind} of ${subject}`).sort();
  const until = blocking.length > 0 ? 'the incident is closed' : 'the newest window is in order again';
  return {
    reason: `The data is not fit to train on: ${named.join(', ')}.`,
    remedy: `Ask ${upstreamsOf(definition, breaches).join(' and ')} to repair the data; a retraining becomes possible when ${until}.`,
    because,
  };
}

/** Breaches of the newest window that have not lasted long enough for an incident, unless a person muted them: a wait of some days would train on them. */
function newBreaches({ definition, report }: ObstacleInput, state: ModelState): readonly Signal[] {
  const known = new Set(state.incidents.filter(isOngoing).flatMap((incident) => statementKeys(incident)));
  const newest = report.windows.at(-1)?.signals ?? [];
  return newest.filter(
    (signal) => signal.status === 'alert' && isBrokenData(signal, definition) && !known.has(incidentKey(definition.name, signal)),
  );
}

function statementKeys(incident: Incident): string[] {
  return membersOf(incident).map((member) => incidentKey(incident.model, member));
}

/** The broken days are over, but a challenger would still be judged on them. */
function spoiltRows(input: ObstacleInput, state: ModelState): Obstacle | null {
  const spoilt = spoiltHeldOut(input, state);
  if (spoilt === null) return null;
  const { kind, subject, window } = spoilt.signal;
  const day = spoilt.until.slice(0, 10);
  return {
    reason: `The rows that a challenger would be judged by hold broken data: ${kind} of ${subject} until ${window.end.slice(0, 10)}.`,
    remedy: `Wait until about ${day}, when newer rows have labels; a person may ask earlier with /holdfast retrain.`,
    because: becauseOfSignal(spoilt.signal),
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

/** Who can repair it: the sources of the columns, and the owner for what the contract names no source of. */
function upstreamsOf(definition: ModelDefinition, breaches: readonly Pick<Incident, 'subject'>[]): string[] {
  const { sources, unsourced, isOfTheLog } = whomToAsk(
    definition,
    breaches.map(({ subject }) => subject),
  );
  const owner = `the owner (${definition.owner})`;
  return [
    ...sources.map(({ source, columns }) => `the upstream source of ${columns.join(', ')} (${source})`),
    ...(unsourced.length > 0 ? [`${owner}, since model.yml names no source of ${unsourced.join(', ')},`] : isOfTheLog ? [owner] : []),
  ];
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
