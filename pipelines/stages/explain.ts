import { incidentName } from '../core/decisions/because.ts';
import { UserError } from '../core/errors/user-error.ts';
import type { Because, Decision } from '../core/schema/decision.ts';
import { type Incident, membersOf } from '../core/schema/incident.ts';
import type { ModelState, WindowSummary } from '../core/schema/model-state.ts';
import { phraseCount, phraseQuantity } from '../core/schema/phrase-number.ts';
import type { ShadowComparison } from '../core/schema/shadow-comparison.ts';
import type { Signal } from '../core/schema/signal.ts';
import { phraseSignal } from './phrase-signal.ts';

/** One line of an explanation; `depth` is its distance from the decision. */
export interface ChainLine {
  readonly depth: number;
  readonly text: string;
}

/**
 * The chain from a decision or an incident back to the rows: decision, incident, signal (value, interval, threshold), window, profile digest.
 * `id` may be shortened to its first four digits or more. Throws a UserError: ID_UNKNOWN, or ID_AMBIGUOUS when it names several.
 */
export function explain(state: ModelState, id: string): ChainLine[] {
  const decisions = state.decisions.filter((decision) => matches(decision.id, id));
  const incidents = state.incidents.filter((incident) => matches(incident.id, id));
  const found = [...decisions, ...incidents];
  if (found.length > 1)
    throw ambiguous(
      id,
      found.map((one) => one.id),
    );
  const [decision] = decisions;
  if (decision !== undefined) return explainDecision(state, decision);
  const [incident] = incidents;
  if (incident !== undefined) return explainIncident(state, incident, 0);
  throw new UserError({
    code: 'ID_UNKNOWN',
    message: `${state.model} has no decision and no incident ${id} among the last ${phraseQuantity(state.decisions.length, 'decision')} and ${phraseQuantity(state.incidents.length, 'incident')}.`,
    hint: 'Ids stand in issues, pull requests and on the dashboard; `holdfast status` lists the newest.',
  });
}

const SHORTEST = 4;

function matches(full: string, given: string): boolean {
  return given.length >= SHORTEST && full.startsWith(given);
}

function ambiguous(id: string, ids: readonly string[]): UserError {
  return new UserError({ code: 'ID_AMBIGUOUS', message: `${id} names several: ${ids.join(', ')}.`, hint: 'Give more digits.' });
}

function explainDecision(state: ModelState, decision: Decision): ChainLine[] {
  const lines = [{ depth: 0, text: `decision ${decision.id} at ${decision.at}: ${headline(decision)}` }];
  return [...lines, ...decision.because.flatMap((because) => explainBecause(state, because))];
}

/** What was decided, in one line. */
function headline(decision: Decision): string {
  switch (decision.kind) {
    case 'open-incident':
    case 'update-incident':
    case 'resolve-incident':
      return `${decision.kind} ${decision.incident.id} (${incidentName(decision.incident)})`;
    case 'request-retraining':
      return `request-retraining of ${decision.spec.version}${decision.spec.recalibrate === undefined ? '' : ` (recalibration of ${decision.spec.champion})`}, held out ${decision.spec.heldOut.start} to ${decision.spec.heldOut.end}`;
    case 'refuse-retraining':
      return `refuse-retraining. ${decision.reason} ${decision.remedy}`;
    case 'record-promotion':
      return `record-promotion of ${decision.version} after ${decision.previous ?? 'nothing'}`;
    case 'verify-promotion':
      return `verify-promotion of ${decision.version}: ${decision.outcome}, ${decision.promised.metric} promised ${decision.promised.value}, observed ${decision.observed.value}${previousOf(decision.comparison)}`;
    case 'propose-rollback':
      return `propose-rollback from ${decision.version} to ${decision.to}`;
  }
}

function previousOf(comparison: ShadowComparison | undefined): string {
  return comparison === undefined ? '' : `, ${comparison.version} on the same rows ${comparison.estimate.value}`;
}

function explainBecause(state: ModelState, because: Because): ChainLine[] {
  const range = because.window === null ? '' : ` [${because.window.start} to ${because.window.end}]`;
  const own = { depth: 1, text: `because of ${because.kind} ${because.ref}${range}: ${because.text}` };
  if (because.kind === 'incident') {
    const incident = state.incidents.find(({ id }) => id === because.ref);
    return incident === undefined ? [own] : [own, ...explainIncident(state, incident, 2)];
  }
  if (because.kind !== 'signal') return [own];
  return [own, ...explainSignal(state, because.ref, 2)];
}

function explainIncident(state: ModelState, incident: Incident, depth: number): ChainLine[] {
  const { id, status, firstWindow, lastWindow, badWindows } = incident;
  const range = `${firstWindow.start} to ${lastWindow.end}`;
  return [
    { depth, text: `incident ${id}: ${incidentName(incident)}, ${status}, ${badWindows} bad windows from ${range}` },
    ...measuredIn(incident).flatMap((signal) => signalLines(state, signal, depth + 1)),
  ];
}

function explainSignal(state: ModelState, ref: string, depth: number): ChainLine[] {
  const kept = [...state.windows.flatMap(({ signals }) => signals), ...state.incidents.flatMap(measuredIn)].find(({ id }) => id === ref);
  if (kept === undefined) return [{ depth, text: 'the signal is older than the windows that the state keeps' }];
  return signalLines(state, kept, depth);
}

function signalLines(state: ModelState, signal: Signal, depth: number): ChainLine[] {
  const windows = state.windows.filter(({ window }) => window.start >= signal.window.start && window.end <= signal.window.end);
  const gone = { depth: depth + 1, text: `window ${signal.window.start} to ${signal.window.end}: no longer kept` };
  return [{ depth, text: phraseSignal(signal) }, ...(windows.length === 0 ? [gone] : windows.map((one) => windowLine(one, depth + 1)))];
}

function windowLine({ window, rows, labelled, profileDigest, champion }: WindowSummary, depth: number): ChainLine {
  const text = `window ${window.start} to ${window.end}: ${phraseQuantity(rows, 'row')}, ${phraseCount(labelled)} labelled, champion ${champion}, profile ${profileDigest}`;
  return { depth, text };
}

/** The worst and the latest statement of everything that an incident gathers. */
function measuredIn(incident: Incident): Signal[] {
  const signals = membersOf(incident).flatMap(({ worst, latest }) => [worst, latest]);
  return [...new Map(signals.map((signal) => [signal.id, signal])).values()];
}
