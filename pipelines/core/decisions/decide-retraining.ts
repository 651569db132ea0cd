import { renderWaiting } from '../business/phrase-waiting.ts';
import { shortKey } from '../digest/sha256.ts';
import { specifyRecalibration, specifyTraining } from '../registry/specify-training.ts';
import type { Because, Decision } from '../schema/decision.ts';
import { durationSeconds } from '../schema/duration.ts';
import type { VersionName } from '../schema/identifiers.ts';
import type { Incident } from '../schema/incident.ts';
import { addSeconds } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import type { RemedyTrial, TriedRemedy } from '../schema/remedy-trial.ts';
import { becauseOfIncident, becauseOfPolicy, becauseOfSignal } from './because.ts';
import { type ChoiceLimits, type ChosenRemedy, chooseRemedy } from './choose-remedy.ts';
import type { DecisionInput } from './decision-input.ts';
import { estimatedHarm, insteadOfEstimate } from './estimated-harm.ts';
import { asksForRetraining, fearsHarm } from './incident-kinds.ts';
import { leastGain } from './least-gain.ts';
import { findObstacle, type Obstacle } from './retraining-obstacles.ts';

/** Why a retraining is wanted, and for which incidents. */
export interface RetrainingWish {
  readonly because: readonly Because[];
  readonly incidents: readonly string[];
  /** Part of the decision's id; empty but for commands. */
  readonly asker: string;
  /** Remedies that were tried and not taken, one sentence each. */
  readonly others?: readonly string[];
  /** Left out: retrain. */
  readonly remedy?: 'retrain' | 'recalibrate';
  /** An estimate asks: no label has shown the harm. */
  readonly isEstimated?: boolean;
}

/**
 * Requests or refuses a retraining. Only measured harm (an open realised-performance incident), estimated harm while labels are silent (see `estimatedHarm`), or the
 * champion's age ask for one, or a trial that would pass the gate; drift alone never does. Where remedies were tried, the best of them is
 * taken, or none. While a retraining is open, nothing more is asked. A refusal is told once and again only when its reason changes.
 */
export function decideRetraining(input: DecisionInput, state: ModelState): Decision[] {
  if (state.retraining !== null) return [];
  const wish = findWish(input, state);
  const tried = triedRemedies(input, state, { mayGoBack: wish !== null });
  const wanted = wish ?? hopedFor(input, tried);
  if (wanted === null) return [];
  const obstacle = findObstacle(input, state);
  const decision = obstacle === null ? byRemedy(input, state, { wish: wanted, tried }) : refuseRetraining(input, obstacle, wanted);
  return wasToldBefore(state, decision) ? [] : [decision];
}

/** The remedies of the newest trial, as long as the champion is the one that was tried. null: nothing was tried. Where nothing is harmed, only a new version is chosen, and for more while the champion is new. */
function triedRemedies(
  { definition, report }: DecisionInput,
  state: ModelState,
  { mayGoBack }: { readonly mayGoBack: boolean },
): (ChosenRemedy & { readonly trial: RemedyTrial }) | null {
  const trial = report.trial ?? state.trial;
  if (!definition.retraining.trials || trial === null || trial.champion !== report.champion) return null;
  const limits: ChoiceLimits = mayGoBack ? {} : { among: ['recalibrate', 'retrain'], leastGain: leastGain(definition, state, report.asOf) };
  return { ...chooseRemedy(trial, definition, limits), trial };
}

type Tried = NonNullable<ReturnType<typeof triedRemedies>>;

/** Nothing has got worse, but a challenger is better by enough: more rows taught it more, or the world has become easier to learn. */
function hopedFor({ report }: DecisionInput, tried: Tried | null): RetrainingWish | null {
  if (report.trial === undefined || tried === null || !leadsToVersion(tried.chosen)) return null;
  const text =
    'Nothing has got worse than tolerated, but a trial on the newest labelled rows would pass the gate, and its gain is worth a promotion';
  return { because: [becauseOfPolicy('retraining.trials', text, tried.trial.range)], incidents: [], asker: '' };
}

/** A retraining and a recalibration both make a version, which its gate judges. */
function leadsToVersion(chosen: TriedRemedy | null): chosen is TriedRemedy & { readonly kind: 'retrain' | 'recalibrate' } {
  return chosen !== null && chosen.kind !== 'roll-back';
}

/** The remedy that the trial found best, or, where nothing was tried, a retraining, for its gate to judge. */
function byRemedy(input: DecisionInput, state: ModelState, of: { readonly wish: RetrainingWish; readonly tried: Tried | null }): Decision {
  const { wish, tried } = of;
  if (tried === null) return requestRetraining(input, state, wish);
  const because = tried.because.map((text) => becauseOfPolicy('retraining.trials', text, tried.trial.range));
  const weighed = { ...wish, because: [...wish.because, ...because], others: othersOf(tried) };
  if (leadsToVersion(tried.chosen)) return requestRetraining(input, state, { ...weighed, remedy: tried.chosen.kind });
  if (tried.chosen?.kind === 'roll-back') return proposeRollback(input, tried.chosen.name, weighed);
  const [first = becauseOfPolicy('retraining.trials', 'Nothing could be tried', tried.trial.range)] = because;
  return refuseRetraining(
    input,
    { ...withoutRetraining(tried), because: first },
    { ...weighed, because: [...because.slice(1), ...wish.because] },
  );
}

function othersOf({ chosen, trial, because }: Tried): string[] {
  return trial.remedies.flatMap((remedy, index) => (remedy === chosen ? [] : [`${because[index] ?? ''}.`]));
}

function withoutRetraining({ trial }: Tried): { readonly reason: string; readonly remedy: string } {
  return {
    reason: `No remedy is shown to be better than ${trial.champion} by enough on the newest labelled rows.`,
    remedy:
      'Look at the features and at where the errors are; it is tried again on newer labels, and a person may ask with /holdfast retrain.',
  };
}

function proposeRollback({ definition, report }: DecisionInput, to: VersionName, wish: RetrainingWish): Decision {
  const version = report.champion;
  const id = shortKey({ model: definition.name, kind: 'propose-rollback', version, to, at: report.asOf });
  return { id, model: definition.name, at: report.asOf, because: [...wish.because], kind: 'propose-rollback', version, to };
}

/** The decision to train, or to recalibrate where that is the wish, with the spec that the run must follow. */
export function requestRetraining(input: DecisionInput, state: ModelState, wish: RetrainingWish): Decision {
  const { definition, report, nextVersion } = input;
  const id = shortKey({ model: definition.name, kind: 'request-retraining', version: nextVersion, at: report.asOf, asker: wish.asker });
  const specify = wish.remedy === 'recalibrate' ? specifyRecalibration : specifyTraining;
  const spec = specify({
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
function alternatives(input: DecisionInput, { isEstimated = false, others = [] }: RetrainingWish): string[] {
  return [renderWaiting(input.business ?? null), ...others, ...(isEstimated ? [insteadOfEstimate(input)] : [])];
}

function wasToldBefore(state: ModelState, refusal: Decision): boolean {
  if (refusal.kind === 'propose-rollback') {
    return state.decisions.some(
      ({ kind, ...past }) => kind === 'propose-rollback' && 'to' in past && past.to === refusal.to && past.version === refusal.version,
    );
  }
  const last = state.decisions.findLast(({ kind }) => kind === 'refuse-retraining' || kind === 'request-retraining');
  if (last?.kind !== 'refuse-retraining' || refusal.kind !== 'refuse-retraining' || last.reason !== refusal.reason) return false;
  const told = new Set(incidentsOf(last));
  const now = incidentsOf(refusal);
  return now.length === 0 || now.some((incident) => told.has(incident));
}

function incidentsOf(decision: Decision): string[] {
  return decision.because.filter(({ kind }) => kind === 'incident').map(({ ref }) => ref);
}
