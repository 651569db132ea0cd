import { renderWaiting } from '../business/phrase-waiting.ts';
import { shortKey } from '../digest/sha256.ts';
import { specifyTraining } from '../registry/specify-training.ts';
import type { Because, Decision } from '../schema/decision.ts';
import { durationSeconds } from '../schema/duration.ts';
import type { Incident } from '../schema/incident.ts';
import { addSeconds } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import { becauseOfIncident, becauseOfPolicy, becauseOfSignal } from './because.ts';
import type { DecisionInput } from './decision-input.ts';
import { estimatedHarm, insteadOfEstimate } from './estimated-harm.ts';
import { asksForRetraining, fearsHarm } from './incident-kinds.ts';
import { findObstacle, type Obstacle } from './retraining-obstacles.ts';

/** Why a retraining is wanted, and for which incidents. */
export interface RetrainingWish {
  readonly because: readonly Because[];
  readonly incidents: readonly string[];
  /** Part of the decision's id; empty but for commands. */
  readonly asker: string;
  /** An estimate asks: no label has shown the harm. */
  readonly isEstimated?: boolean;
}

/**
 * Requests or refuses a retraining. Only measured harm (an open realised-performance incident), estimated harm while labels are silent (see `estimatedHarm`), or the
 * champion's age ask for one; drift alone never does. While a retraining is open, nothing more is asked. A refusal is told once and again only when its reason changes.
 */
export function decideRetraining(input: DecisionInput, state: ModelState): Decision[] {
  const wish = findWish(input, state);
  if (wish === null || state.retraining !== null) return [];
  const obstacle = findObstacle(input, state);
  if (obstacle === null) return [requestRetraining(input, state, wish)];
  const refusal = refuseRetraining(input, obstacle, wish);
  return wasToldBefore(state, refusal) ? [] : [refusal];
}

/** The decision to train, with the spec that the run must follow. */
export function requestRetraining(input: DecisionInput, state: ModelState, wish: RetrainingWish): Decision {
  const { definition, report, nextVersion } = input;
  const id = shortKey({ model: definition.name, kind: 'request-retraining', version: nextVersion, at: report.asOf, asker: wish.asker });
  const spec = specifyTraining({
    definition,
    champion: input.championVersion,
    version: nextVersion,
    decision: id,
    asOf: report.asOf,
    historyStart: input.historyStart,
    labelledUntil: input.labelledUntil,
  });
  return {
    id,
    model: definition.name,
    at: report.asOf,
    because: [
      ...wish.because,
      becauseOfPolicy(
        'retraining',
        `${phraseQuantity(report.newLabels, 'new labelled row')}, ${phraseQuantity(state.proposals.length, 'earlier proposal')}, no obstacle`,
      ),
    ],
    kind: 'request-retraining',
    spec,
    incidents: [...wish.incidents],
    alternatives: alternatives(input, wish),
  };
}

/** A refusal with its reason, what to do instead, and the rule behind it. */
export function refuseRetraining({ definition, report }: DecisionInput, obstacle: Obstacle, wish: RetrainingWish): Decision {
  const { reason, remedy } = obstacle;
  const id = shortKey({ model: definition.name, kind: 'refuse-retraining', reason, at: report.asOf, asker: wish.asker });
  const because = [obstacle.because, ...wish.because];
  return { id, model: definition.name, at: report.asOf, because, kind: 'refuse-retraining', reason, remedy };
}

function findWish(input: DecisionInput, state: ModelState): RetrainingWish | null {
  const { definition, report, championVersion } = input;
  const harmed = state.incidents.filter(asksForRetraining);
  const feared = state.incidents.filter(fearsHarm);
  if (harmed.length > 0) return { because: becauseOf(harmed), incidents: [...harmed, ...feared].map(({ id }) => id), asker: '' };
  const estimated = estimatedHarm(input, state);
  if (estimated !== null) return { ...estimated, asker: '', isEstimated: true };
  const { maximumAge } = definition.retraining;
  if (maximumAge === undefined) return null;
  const due = addSeconds(championVersion.createdAt, durationSeconds(maximumAge));
  if (due > report.asOf) return null;
  const window = { start: championVersion.createdAt, end: due };
  const text = `${championVersion.version} was trained as of ${championVersion.createdAt.slice(0, 10)} and was due on ${due.slice(0, 10)}`;
  return { because: [becauseOfPolicy('retraining.maximumAge', text, window)], incidents: [], asker: '' };
}

function becauseOf(incidents: readonly Incident[]): Because[] {
  return incidents.flatMap((incident) => [becauseOfIncident(incident), becauseOfSignal(incident.latest)]);
}

/** What a person could do instead. Data to repair stands in the way of a retraining, so it is never an alternative to one. */
function alternatives(input: DecisionInput, { isEstimated = false }: RetrainingWish): string[] {
  return [renderWaiting(input.business ?? null), ...(isEstimated ? [insteadOfEstimate(input)] : [])];
}

function wasToldBefore(state: ModelState, refusal: Decision): boolean {
  const last = state.decisions.findLast(({ kind }) => kind === 'refuse-retraining' || kind === 'request-retraining');
  if (last?.kind !== 'refuse-retraining' || refusal.kind !== 'refuse-retraining' || last.reason !== refusal.reason) return false;
  const told = new Set(incidentsOf(last));
  const now = incidentsOf(refusal);
  return now.length === 0 || now.some((incident) => told.has(incident));
}

function incidentsOf(decision: Decision): string[] {
  return decision.because.filter(({ kind }) => kind === 'incident').map(({ ref }) => ref);
}
