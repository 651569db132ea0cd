import { durationSeconds } from '../schema/duration.ts';
import type { Incident } from '../schema/incident.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { WindowSummary } from '../schema/model-state.ts';
import type { MonitoringReport } from '../schema/monitoring-report.ts';
import { closeRefuted } from './close-refuted.ts';
import { dropUnwatched } from './drop-unwatched.ts';
import { gatherLegacy } from './gather-legacy.ts';
import { openBook, stepBook } from './incident-book.ts';
import { isOngoing } from './incident-kinds.ts';
import { closeWhenHealthy, incidentKey, type Sighting, type StepRules } from './step-incident.ts';

export interface IncidentChange {
  readonly kind: 'open-incident' | 'update-incident' | 'resolve-incident';
  readonly incident: Incident;
}

/**
 * The life cycle of incidents, with hysteresis for each statement: `openAfter` alert windows in a row open an incident, `closeAfter` healthy
 * ones in a row resolve it, and a relapse within the cooldown after its last healthy window continues the same episode.
 *
 * Statements that have one cause share an incident (see `groupOf`): it opens with the first of them and is over when all have recovered.
 *
 * The result does not depend on how windows are spread over runs (one run of seven windows is seven runs of one), except for the
 * instants of the runs. Realised performance pools `performanceWindows` trailing windows, and the score a calendar cycle: neighbouring signals share most of their
 * rows, so three alerts in a row are one piece of evidence seen three times. There, hysteresis only asks that it lasts;
 * the evidence against chance is in each signal's own interval.
 *
 * Cost: O(windows kept x signals a window).
 */
export function changeIncidents(input: {
  readonly definition: ModelDefinition;
  readonly incidents: readonly Incident[];
  /** Windows of earlier runs, oldest first. */
  readonly past: readonly WindowSummary[];
  readonly report: MonitoringReport;
}): IncidentChange[] {
  const { definition, report } = input;
  const relapseSeconds = durationSeconds(definition.retraining.cooldown);
  const rules: StepRules = { definition, relapseSeconds, asOf: report.asOf };
  const standing = gatherLegacy(input.incidents, definition, report.asOf).map((incident) =>
    closeRefuted(closeWhenHealthy(dropUnwatched(incident, definition, report.asOf), rules), input.past, report.asOf),
  );
  let book = openBook(standing, rules, standingStreaks(input));
  const states: ReadonlyMap<string, Incident>[] = [book.incidents];
  for (const sightings of sightingsByWindow(input)) {
    book = stepBook(book, sightings, rules);
    states.push(book.incidents);
  }
  const before = new Map(input.incidents.map((incident) => [incident.id, incident]));
  const changes = [...book.incidents.keys()].flatMap((id) => summarise(before.get(id) ?? null, id, states));
  return changes.sort((a, b) => (a.incident.id < b.incident.id ? -1 : a.incident.id > b.incident.id ? 1 : 0));
}

/** Alerts in a row up to the newest known window, of the same champion only: what another version did against another reference says nothing about this one. */
function standingStreaks(input: Parameters<typeof changeIncidents>[0]): Map<string, readonly Sighting[]> {
  const streaks = new Map<string, readonly Sighting[]>();
  for (const { window, signals } of input.past.filter((summary) => summary.champion === input.report.champion)) {
    for (const signal of signals) {
      if (signal.status === 'insufficient-data') continue;
      const key = incidentKey(input.definition.name, signal);
      streaks.set(key, signal.status === 'alert' ? [...(streaks.get(key) ?? []), { window, signal }] : []);
    }
  }
  return streaks;
}

type KeyedSighting = Sighting & { readonly key: string };

/** What each window of the report says, oldest first; then what the age of the log says. */
function sightingsByWindow(input: Parameters<typeof changeIncidents>[0]): KeyedSighting[][] {
  const keyed = (sighting: Sighting): KeyedSighting => ({ ...sighting, key: incidentKey(input.definition.name, sighting.signal) });
  const windows = input.report.windows.map(({ window, signals }) => signals.map((signal) => keyed({ window, signal })));
  return [...windows, ...freshnessSightings(input).map((sighting) => [keyed(sighting)])];
}

/**
 * A log that has ended reports no windows, so its age is a sighting of its own: bad once for each window that becomes overdue, however often it is
 * looked at, and healthy once for each window that comes.
 */
function freshnessSightings({ definition, incidents, report }: Parameters<typeof changeIncidents>[0]): Sighting[] {
  const signal = report.freshness;
  if (signal === undefined) return [];
  if (signal.status === 'ok') return report.windows.map(({ window }) => ({ window, signal }));
  const key = incidentKey(definition.name, signal);
  const seen = incidents.some((incident) => incident.key === key && isOngoing(incident) && incident.lastWindow.end >= signal.window.end);
  return seen ? [] : [{ window: signal.window, signal }];
}

/** One change an episode and run; an episode that opened and ended between two runs tells both. */
function summarise(before: Incident | null, id: string, states: readonly ReadonlyMap<string, Incident>[]): IncidentChange[] {
  const last = states.at(-1)?.get(id);
  if (last === undefined) return [];
  const lastOpen = states.findLast((incidents) => {
    const incident = incidents.get(id);
    return incident !== undefined && isOngoing(incident);
  });
  return changesOf(before, last, lastOpen?.get(id));
}

function changesOf(before: Incident | null, incident: Incident, open: Incident | undefined): IncidentChange[] {
  if (incident === before) return [];
  const wasOngoing = before !== null && before.id === incident.id && isOngoing(before);
  if (isOngoing(incident)) return [{ kind: wasOngoing ? 'update-incident' : 'open-incident', incident }];
  const resolved: IncidentChange = { kind: 'resolve-incident', incident };
  return wasOngoing || open === undefined ? [resolved] : [{ kind: 'open-incident', incident: open }, resolved];
}
