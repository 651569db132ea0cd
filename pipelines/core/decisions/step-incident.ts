import { shortKey } from '../digest/sha256.ts';
import type { Incident } from '../schema/incident.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Signal } from '../schema/signal.ts';
import { type Window, windowId } from '../schema/window.ts';
import { isOngoing, openAfterOf, SEVERITY } from './incident-kinds.ts';

/** One statement about one monitoring window; `signal.window` may reach further back than `window`. */
export interface Sighting {
  readonly window: Window;
  readonly signal: Signal;
}

/** What is remembered of one subject between windows: its newest incident and the alert windows in a row that opened none. */
export interface Track {
  readonly incident: Incident | null;
  readonly streak: readonly Sighting[];
}

export interface StepRules {
  readonly definition: ModelDefinition;
  /** Seconds after its end within which a relapse continues the old episode. */
  readonly relapseSeconds: number;
  readonly asOf: Instant;
}

/** The name of a problem: model, kind and subject; no numbers and no dates, so that it names the same problem next year. */
export function incidentKey(model: string, signal: Pick<Signal, 'kind' | 'subject'>): string {
  return shortKey({ model, kind: signal.kind, subject: signal.subject });
}

/** How far beyond its threshold a signal lies, in its own unit; negative is on the healthy side. null when there is nothing to compare. */
export function distanceBeyond(signal: Signal): number | null {
  if (signal.value === null || signal.threshold === null) return null;
  return signal.threshold.operator === '>' ? signal.value - signal.threshold.level : signal.threshold.level - signal.value;
}

/**
 * Takes one window into account. `alert` counts towards opening, `ok` towards closing, `warning` breaks both rows,
 * `insufficient-data` changes nothing: missing data neither accuses nor acquits.
 */
export function stepIncident(track: Track, sighting: Sighting, rules: StepRules): Track {
  const { incident } = track;
  if (sighting.signal.status === 'insufficient-data') return track;
  if (incident !== null && isOngoing(incident))
    return { incident: closeWhenHealthy(extend(incident, sighting, rules.asOf), rules), streak: [] };
  if (sighting.signal.status !== 'alert') return { incident, streak: [] };
  const streak = [...track.streak, sighting];
  if (streak.length < openAfterOf(sighting.signal.kind, rules.definition)) return { incident, streak };
  return { incident: openOrRelapse(incident, streak, rules), streak: [] };
}

/** Resolves an incident with enough healthy windows in a row. One in verification waits for the verdict on the promotion. */
export function closeWhenHealthy(incident: Incident, rules: StepRules): Incident {
  const { closeAfter } = rules.definition.monitoring.incident;
  if (!isOngoing(incident) || incident.status === 'verifying' || incident.healthyWindows < closeAfter) return incident;
  const resolution = `${incident.healthyWindows} healthy windows in a row, up to ${incident.latest.window.end.slice(0, 10)}.`;
  return { ...incident, status: 'resolved', resolvedAt: rules.asOf, updatedAt: rules.asOf, resolution };
}

function extend(incident: Incident, { window, signal }: Sighting, asOf: Instant): Incident {
  const latest = { ...incident, latest: signal, updatedAt: asOf };
  if (signal.status === 'ok') return { ...latest, healthyWindows: incident.healthyWindows + 1 };
  if (signal.status === 'warning') return { ...latest, healthyWindows: 0 };
  const badWindows = incident.badWindows + 1;
  return { ...latest, healthyWindows: 0, badWindows, lastWindow: window, worst: worse(incident.worst, signal) };
}

function openOrRelapse(previous: Incident | null, streak: readonly Sighting[], rules: StepRules): Incident | null {
  const first = streak[0];
  const last = streak.at(-1);
  if (first === undefined || last === undefined) return previous;
  const worst = streak.reduce((found, { signal }) => worse(found, signal), first.signal);
  const common = {
    updatedAt: rules.asOf,
    lastWindow: last.window,
    healthyWindows: 0,
    latest: last.signal,
    resolvedAt: null,
    resolution: null,
  };
  if (previous !== null && isRelapse(previous, first.window, rules)) {
    const badWindows = previous.badWindows + streak.length;
    return { ...previous, ...common, status: 'open', badWindows, worst: worse(previous.worst, worst) };
  }
  const { kind, subject } = last.signal;
  const model = rules.definition.name;
  const key = incidentKey(model, last.signal);
  return {
    id: shortKey({ key, firstWindow: windowId(first.window) }),
    key,
    model,
    kind,
    subject,
    status: 'open',
    severity: SEVERITY[kind],
    openedAt: rules.asOf,
    firstWindow: first.window,
    badWindows: streak.length,
    worst,
    ...common,
  };
}

/** Whether a row of alerts that begins with this window continues an incident that was over. */
export function isRelapse(previous: Incident, window: Window, rules: StepRules): boolean {
  const healthyUntil = previous.latest.window.end;
  return window.start < addSeconds(healthyUntil, rules.relapseSeconds);
}

function worse(one: Signal, other: Signal): Signal {
  return (distanceBeyond(other) ?? Number.NEGATIVE_INFINITY) > (distanceBeyond(one) ?? Number.NEGATIVE_INFINITY) ? other : one;
}
