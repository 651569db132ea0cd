import { durationSeconds } from '../schema/duration.ts';
import type { Incident } from '../schema/incident.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { WindowSummary } from '../schema/model-state.ts';
import type { MonitoringReport } from '../schema/monitoring-report.ts';
import { isOngoing } from './incident-kinds.ts';
import { closeWhenHealthy, incidentKey, type Sighting, type StepRules, stepIncident, type Track } from './step-incident.ts';

export interface IncidentChange {
  readonly kind: 'open-incident' | 'update-incident' | 'resolve-incident';
  readonly incident: Incident;
}

/**
 * The life cycle of incidents, with hysteresis for each key: `openAfter` alert windows in a row open an incident, `closeAfter` healthy
 * ones in a row resolve it, and a relapse within the cooldown after its last healthy window continues the same episode.
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
  const tracks = startingTracks(input);
  const changes: IncidentChange[] = [];
  for (const [key, sightings] of sightingsByKey(input, [...tracks.keys()])) {
    const before = tracks.get(key) ?? { incident: null, streak: [] };
    const released = before.incident === null ? before : { ...before, incident: closeWhenHealthy(before.incident, rules) };
    const steps = followSteps(released, sightings, rules);
    changes.push(...summarise(before.incident, [released, ...steps]));
  }
  return changes.sort((a, b) => (a.incident.id < b.incident.id ? -1 : a.incident.id > b.incident.id ? 1 : 0));
}

function startingTracks(input: Parameters<typeof changeIncidents>[0]): Map<string, Track> {
  const tracks = new Map<string, Track>();
  for (const incident of input.incidents) {
    const known = tracks.get(incident.key)?.incident ?? null;
    if (known === null || known.openedAt <= incident.openedAt) tracks.set(incident.key, { incident, streak: [] });
  }
  // Earlier windows of the same champion only: what another version did against another reference says nothing about this one.
  for (const { window, signals } of input.past.filter((summary) => summary.champion === input.report.champion)) {
    for (const signal of signals) {
      if (signal.status === 'insufficient-data') continue;
      const key = incidentKey(input.definition.name, signal);
      const track = tracks.get(key) ?? { incident: null, streak: [] };
      const streak = signal.status === 'alert' ? [...track.streak, { window, signal }] : [];
      tracks.set(key, { incident: track.incident, streak });
    }
  }
  return tracks;
}

function sightingsByKey(input: Parameters<typeof changeIncidents>[0], known: readonly string[]): Map<string, Sighting[]> {
  const sightings = new Map<string, Sighting[]>(known.map((key) => [key, []]));
  for (const { window, signals } of input.report.windows) {
    for (const signal of signals) {
      const key = incidentKey(input.definition.name, signal);
      sightings.set(key, [...(sightings.get(key) ?? []), { window, signal }]);
    }
  }
  for (const sighting of freshnessSightings(input)) {
    const key = incidentKey(input.definition.name, sighting.signal);
    sightings.set(key, [...(sightings.get(key) ?? []), sighting]);
  }
  return sightings;
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

function followSteps(start: Track, sightings: readonly Sighting[], rules: StepRules): Track[] {
  const steps: Track[] = [];
  let track = start;
  for (const sighting of sightings) {
    track = stepIncident(track, sighting, rules);
    steps.push(track);
  }
  return steps;
}

/** One change an episode and run; an episode that opened and ended between two runs tells both. */
function summarise(before: Incident | null, steps: readonly Track[]): IncidentChange[] {
  const last = new Map<string, Incident>();
  const lastOpen = new Map<string, Incident>();
  for (const { incident } of steps) {
    if (incident === null) continue;
    last.set(incident.id, incident);
    if (isOngoing(incident)) lastOpen.set(incident.id, incident);
  }
  return [...last.values()].flatMap((incident) => changesOf(before, incident, lastOpen.get(incident.id)));
}

function changesOf(before: Incident | null, incident: Incident, open: Incident | undefined): IncidentChange[] {
  if (incident === before) return [];
  const wasOngoing = before !== null && before.id === incident.id && isOngoing(before);
  if (isOngoing(incident)) return [{ kind: wasOngoing ? 'update-incident' : 'open-incident', incident }];
  const resolved: IncidentChange = { kind: 'resolve-incident', incident };
  return wasOngoing || open === undefined ? [resolved] : [{ kind: 'open-incident', incident: open }, resolved];
}
