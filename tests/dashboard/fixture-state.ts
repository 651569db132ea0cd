import { digestValue, shortKey } from '../../pipelines/core/digest/sha256.ts';
import { AuditEvent } from '../../pipelines/core/schema/audit-event.ts';
import type { Decision } from '../../pipelines/core/schema/decision.ts';
import { type Incident, membersOf } from '../../pipelines/core/schema/incident.ts';
import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import { ModelState } from '../../pipelines/core/schema/model-state.ts';
import { DAY, dayWindow, driftSignal, estimate, type FixtureDay, noise, performanceSignal, windowSummary } from './fixture-signals.ts';
import { evidenceOf, type FixtureVersion, trainingSpec } from './fixture-version.ts';

export const FIRST: Instant = '2026-03-02T00:00:00Z';
export const DAYS = 140;
export const NOW: Instant = addSeconds(FIRST, DAYS * DAY);
const PROMOTED_ON = 66;

export const V1: FixtureVersion = {
  model: 'parcel-late',
  version: 'v1',
  parent: null,
  decision: 'first',
  at: FIRST,
  trained: range(-42, -14),
  heldOut: range(-14, 0),
  auc: 0.66,
  championAuc: 0.5,
};
export const V2: FixtureVersion = {
  model: 'parcel-late',
  version: 'v2',
  parent: 'v1',
  decision: shortKey('v2'),
  at: day(60),
  trained: range(24, 52),
  heldOut: range(52, 59),
  auc: 0.645,
  championAuc: 0.612,
};
export const V3: FixtureVersion = {
  model: 'parcel-late',
  version: 'v3',
  parent: 'v2',
  decision: shortKey('v3'),
  at: day(118),
  trained: range(84, 111),
  heldOut: range(111, 117),
  auc: 0.622,
  championAuc: 0.62,
};
export const V3_AGAIN: FixtureVersion = {
  ...V3,
  decision: shortKey('v3 again'),
  at: day(137),
  trained: range(100, 129),
  heldOut: range(129, 136),
  auc: 0.641,
  championAuc: 0.611,
};

function day(number: number): Instant {
  return addSeconds(FIRST, number * DAY);
}

function range(from: number, to: number) {
  return { start: day(from), end: day(to) };
}

/** The full history: falls until a promotion, holds, falls again; four days without a window, one day without labels. */
export function parcelDays(): FixtureDay[] {
  const days = [...Array(DAYS).keys()].filter((number) => number < 88 || number > 91);
  return days.map((number) => {
    const second = number >= PROMOTED_ON;
    const sunk = second ? Math.max(0, number - 95) * 0.0009 : Math.max(0, number - 12) * 0.0011;
    const auc = (second ? 0.648 : 0.662) - sunk + (noise(number) - 0.5) * 0.008;
    const drift = {
      origin: 0.03 + 0.02 * noise(number + 7),
      distance: Math.min(0.24, 0.03 + sunk * 3 + 0.015 * noise(number + 13)),
      hour: 0.02 + 0.1 * noise(number + 29),
    };
    return {
      window: dayWindow(FIRST, number),
      version: second ? 'v2' : 'v1',
      promised: second ? V2.auc : V1.auc,
      auc: number === 30 ? null : auc,
      drift,
      rows: 1400 + Math.round(200 * noise(number + 3)),
    };
  });
}

export function parcelState(): ModelState {
  const days = parcelDays();
  const [resolved, open, drifting] = incidentsOf(days);
  if (resolved === undefined || open === undefined || drifting === undefined) throw new Error('the fixture has three incidents');
  return ModelState.parse({
    schemaVersion: 1,
    model: 'parcel-late',
    watermark: NOW,
    champion: 'v2',
    windows: days.map(windowSummary),
    incidents: [resolved, open, drifting],
    decisions: decisionsOf({ days, resolved, open, drifting }),
    issues: { [resolved.id]: 1, [open.id]: 4 },
    pending: {},
    retraining: {
      decision: V3_AGAIN.decision,
      version: 'v3',
      branch: 'retrain/parcel-late',
      requestedAt: V3_AGAIN.at,
      pullRequest: 7,
      dispatchedRun: 12,
      gateRun: 13,
      incidents: [open.id],
    },
    proposals: [
      { at: V2.at, version: 'v2', outcome: 'promoted', pullRequest: 2, evidence: evidenceOf(V2) },
      { at: V3.at, version: 'v3', outcome: 'refused', pullRequest: 5, evidence: evidenceOf(V3) },
      { at: V3_AGAIN.at, version: 'v3', outcome: 'open', pullRequest: 7, evidence: evidenceOf(V3_AGAIN) },
    ],
    verification: null,
    promotions: [
      {
        version: 'v2',
        previous: 'v1',
        at: day(PROMOTED_ON),
        pullRequest: 2,
        mergeSha: 'a'.repeat(40),
        mergedBy: 'approver',
        evidence: evidenceOf(V2),
      },
    ],
    obeyedCommands: [],
  });
}

function incidentsOf(days: readonly FixtureDay[]): Incident[] {
  return [
    incident({ kind: 'realised-performance', subject: 'rocAuc' }, days, [50, 72]),
    incident({ kind: 'realised-performance', subject: 'rocAuc' }, days, [112, null]),
    movedInputs(days),
  ];
}

/** Two columns that moved, one after the other; the person on call has taken note. */
function movedInputs(days: readonly FixtureDay[]): Incident {
  const drifting = incident({ kind: 'data-drift', subject: 'distance' }, days, [104, null]);
  const members = [drifting, incident({ kind: 'data-drift', subject: 'hour' }, days, [110, null])].flatMap(membersOf);
  return { ...drifting, status: 'acknowledged', acknowledged: { at: day(115), by: 'oncall' }, snoozedUntil: addSeconds(NOW, DAY), members };
}

function incident(key: Pick<Incident, 'kind' | 'subject'>, days: readonly FixtureDay[], [from, to]: [number, number | null]): Incident {
  const at = (number: number) => days.find((one) => one.window.start >= day(number)) ?? days.at(-1);
  const [first, last] = [at(from), at(to ?? DAYS - 1)];
  if (first === undefined || last === undefined) throw new Error('the fixture has days');
  const signalOf = (one: FixtureDay) =>
    key.kind === 'data-drift' ? driftSignal(one, key.subject, one.drift[key.subject] ?? 0) : performanceSignal(one);
  const performance = key.kind === 'realised-performance';
  return {
    ...key,
    id: shortKey({ key, from }),
    key: shortKey(key),
    model: 'parcel-late',
    status: to !== null ? 'resolved' : performance ? 'retraining' : 'open',
    severity: performance ? 'high' : 'low',
    openedAt: day(from + 3),
    updatedAt: to === null ? NOW : day(to),
    resolvedAt: to === null ? null : day(to),
    firstWindow: first.window,
    lastWindow: last.window,
    badWindows: 15,
    healthyWindows: to === null ? 0 : 3,
    worst: signalOf(last),
    latest: signalOf(last),
    resolution: to === null ? null : 'Recovered: 3 healthy windows in a row.',
  };
}

interface History {
  readonly days: readonly FixtureDay[];
  readonly resolved: Incident;
  readonly open: Incident;
  readonly drifting: Incident;
}

function decisionsOf({ days, resolved, open, drifting }: History): Decision[] {
  const because = (incident: Incident) => [
    { kind: 'incident' as const, ref: incident.id, window: incident.firstWindow, text: `${incident.latest.why}` },
  ];
  const opened = [resolved, open, drifting].map(
    (one): Decision => ({
      kind: 'open-incident',
      id: shortKey({ open: one.id }),
      model: one.model,
      at: one.openedAt,
      because: because(one),
      incident: one,
    }),
  );
  const request = (facts: FixtureVersion, incident: Incident): Decision => ({
    kind: 'request-retraining',
    id: facts.decision,
    model: facts.model,
    at: facts.at,
    because: because(incident),
    spec: trainingSpec(facts),
    incidents: [incident.id],
    alternatives: ['Do nothing: the loss stays.', 'Roll back: v1 is older still.'],
  });
  const refused: Decision = {
    kind: 'refuse-retraining',
    id: shortKey('refused'),
    model: 'parcel-late',
    at: day(128),
    because: because(open),
    reason: 'v3 was refused on 28 Jun 2026; the cooldown lasts until 12 Jul 2026.',
    remedy: 'Wait, or lower the cooldown in model.yml.',
  };
  const verified: Decision = {
    kind: 'verify-promotion',
    id: shortKey('verified'),
    model: 'parcel-late',
    at: day(74),
    because: because(resolved),
    version: 'v2',
    promised: estimate('rocAuc', V2.auc),
    observed: estimate('rocAuc', days[72]?.auc ?? 0.64, 10_500),
    outcome: 'kept',
  };
  return [...opened, request(V2, resolved), verified, request(V3, open), refused, request(V3_AGAIN, open)].sort((a, b) =>
    a.at < b.at ? -1 : 1,
  );
}

/** Three quiet weeks that end 40 days before the site is built. */
export function staleState(model: string): ModelState {
  const first = day(DAYS - 61);
  const days = [...Array(21).keys()].map(
    (number): FixtureDay => ({
      window: dayWindow(first, number),
      version: 'v1',
      promised: 0.66,
      auc: 0.655 + 0.006 * noise(number),
      drift: { origin: 0.03, distance: 0.04, hour: 0.05 },
      rows: 1500,
    }),
  );
  return ModelState.parse({
    schemaVersion: 1,
    model,
    watermark: addSeconds(first, 21 * DAY),
    champion: 'v1',
    windows: days.map(windowSummary),
    incidents: [],
    decisions: [],
    issues: {},
    pending: {},
    retraining: null,
    proposals: [],
    verification: null,
    promotions: [],
    obeyedCommands: [],
  });
}

/** A hash chain over the history. */
export function auditEvents(): AuditEvent[] {
  const said: [Instant, AuditEvent['action'], string, string, string?][] = [
    [day(53), 'incident-opened', 'holdfast[bot]', '#1'],
    [day(60), 'retraining-requested', 'holdfast[bot]', '#2'],
    [day(66), 'promotion-recorded', 'approver', 'v2'],
    [day(72), 'incident-resolved', 'holdfast[bot]', '#1'],
    [day(74), 'promotion-verified', 'holdfast[bot]', 'v2'],
    [day(115), 'incident-opened', 'holdfast[bot]', '#4'],
    [day(118), 'retraining-requested', 'holdfast[bot]', '#5'],
    [day(119), 'retraining-closed', 'holdfast[bot]', '#5', V3.decision],
    [day(128), 'retraining-refused', 'holdfast[bot]', 'parcel-late'],
    [day(137), 'retraining-requested', 'holdfast[bot]', '#7'],
  ];
  const events: AuditEvent[] = [];
  for (const [sequence, [at, action, actor, target, cause]] of said.entries()) {
    const rest = {
      schemaVersion: 1 as const,
      sequence,
      at,
      model: 'parcel-late',
      actor,
      action,
      target,
      cause: cause ?? shortKey(sequence),
      because: ['As the policy <says> & "does".'],
      evidence: null,
      previousHash: events.at(-1)?.hash ?? null,
    };
    events.push(AuditEvent.parse({ ...rest, hash: digestValue(rest) }));
  }
  return events;
}
