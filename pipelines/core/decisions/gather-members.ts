import { shortKey } from '../digest/sha256.ts';
import { type Incident, type IncidentMember, type IncidentNews, membersOf } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { Window } from '../schema/window.ts';
import { windowId } from '../schema/window.ts';
import { byImpact, gravest, isGraver } from './incident-groups.ts';
import { isOngoing } from './incident-kinds.ts';
import { incidentKey } from './step-incident.ts';
import { isWorthTelling } from './worth-telling.ts';

/** One statement that took a step, as an incident of its own: before (null: none was known) and after. */
export interface MemberStep {
  readonly before: Incident | null;
  readonly after: Incident;
}

/** A member as an incident of its own, for `stepIncident`. */
export function incidentOfMember(member: IncidentMember, model: string): Incident {
  const { status, ...rest } = member;
  const key = incidentKey(model, member);
  return {
    ...rest,
    id: shortKey({ key, firstWindow: windowId(member.firstWindow) }),
    key,
    model,
    status: status === 'bad' ? 'open' : 'resolved',
    updatedAt: member.resolvedAt ?? member.openedAt,
    resolution: null,
  };
}

/** A new incident of members that opened together. */
export function gatheredIncident(key: string, steps: readonly MemberStep[], asOf: Instant): Incident {
  const members = byImpact(steps.map(({ after }) => memberOf(after)));
  const firstWindow = members.map((member) => member.firstWindow).reduce(earlier);
  const frame = {
    id: shortKey({ key, firstWindow: windowId(firstWindow) }),
    key,
    status: 'open' as const,
    openedAt: asOf,
    updatedAt: asOf,
    firstWindow,
    badWindows: Math.max(...members.map(({ badWindows }) => badWindows)),
    severity: gravest(members.map(({ severity }) => severity)),
    resolvedAt: null,
    resolution: null,
  };
  return summed({ ...asBase(members, steps), ...frame }, members);
}

/**
 * An incident after steps of its members, and of statements that join it. It goes on while one member is bad, is over once all have recovered, and begins again (free of what a
 * person had said of it) when one relapses. A window that is bad for several members is one bad window.
 */
export function withSteps(incident: Incident, steps: readonly MemberStep[], asOf: Instant): Incident {
  const known = membersOf(incident);
  const moved = steps.map(({ after }) => memberOf(after));
  const members = withoutOldest(byImpact([...known.filter((member) => !moved.some((other) => isEpisode(member, other))), ...moved]));
  const bad = members.filter(({ status }) => status === 'bad');
  const reopens = !isOngoing(incident) && bad.length > 0;
  const base = reopens ? withoutWords(incident) : incident;
  const severity = reopens
    ? gravest(bad.map((member) => member.severity))
    : gravest([incident.severity, ...bad.map((member) => member.severity)]);
  const rose = !reopens && isGraver(severity, incident.severity);
  const counted = {
    ...base,
    status: reopens || (rose && incident.status === 'acknowledged') ? ('open' as const) : incident.status,
    severity,
    updatedAt: asOf,
    badWindows: incident.badWindows + addedWindows(incident, steps),
    resolvedAt: null,
    resolution: null,
  };
  const heard = rose ? withoutAcknowledgement(counted) : counted;
  const news = reopens ? null : newsOf({ incident, known, steps, rose }, asOf);
  const told = news === null ? heard : { ...heard, news };
  const whole = summed(told, members);
  return bad.length > 0 ? whole : closed(whole, steps.at(-1)?.after.resolution ?? null, asOf);
}

/** Over: all members have recovered. An incident in verification waits for the verdict. */
function closed(incident: Incident, words: string | null, asOf: Instant): Incident {
  if (incident.status === 'verifying') return incident;
  const day = incident.latest.window.end.slice(0, 10);
  const count = incident.members?.length ?? 1;
  const alone = words ?? `Healthy again, up to ${day}.`;
  const resolution = count === 1 ? alone : `All ${count} are healthy again, up to ${day}.`;
  return { ...incident, status: 'resolved', resolvedAt: asOf, updatedAt: asOf, resolution };
}

/** What is the same for one member and for many: the first stands for all, and the slowest to recover says how many windows are healthy. */
function summed(incident: Incident, members: readonly IncidentMember[]): Incident {
  const [lead] = members;
  if (lead === undefined) return incident;
  const { kind, subject, worst, latest } = lead;
  const counted = members.filter(({ status }) => status === (lead.status === 'bad' ? 'bad' : 'recovered'));
  const healthyWindows = Math.min(...counted.map((member) => member.healthyWindows));
  const lastWindow = members.map((member) => member.lastWindow).reduce(later);
  const { members: _, ...rest } = incident;
  return { ...rest, kind, subject, worst, latest, lastWindow, healthyWindows, ...(members.length === 1 ? {} : { members: [...members] }) };
}

/** Windows that this step adds: as many as the worst of its members adds. One that joins adds the window in which it does. */
function addedWindows(incident: Incident, steps: readonly MemberStep[]): number {
  const added = steps.map(({ before, after }) => {
    if (before !== null && before.id === after.id) return after.badWindows - before.badWindows;
    return isOngoing(incident) ? Math.min(1, after.badWindows) : after.badWindows;
  });
  return Math.max(0, ...added);
}

/** An incident before its steps, and what they change. */
interface Changes {
  readonly incident: Incident;
  readonly known: readonly IncidentMember[];
  readonly steps: readonly MemberStep[];
  /** Whether the severity rose. */
  readonly rose: boolean;
}

function newsOf({ incident, known, steps, rose }: Changes, at: Instant): IncidentNews | null {
  const joined = steps
    .map(({ after }) => memberOf(after))
    .filter(
      (member) =>
        member.status === 'bad' && isWorthTelling(member.latest) && !known.some((other) => isSame(other, member) && other.status === 'bad'),
    )
    .map(({ kind, subject }) => ({ kind, subject }));
  if (!rose && joined.length === 0) return null;
  const earlierNews = incident.news?.at === at ? incident.news : null;
  return {
    at,
    roseFrom: earlierNews?.roseFrom ?? (rose ? incident.severity : null),
    joined: [...(earlierNews?.joined ?? []), ...joined],
  };
}

function memberOf(incident: Incident): IncidentMember {
  const [member] = membersOf(incident);
  if (member === undefined) throw new RangeError(`incident ${incident.id} has no member`);
  return member;
}

function asBase(members: readonly IncidentMember[], steps: readonly MemberStep[]): Incident {
  const [lead] = members;
  const found = steps.find(({ after }) => lead !== undefined && isSame(after, lead)) ?? steps[0];
  if (found === undefined) throw new RangeError('an incident needs a member');
  return found.after;
}

/** A statement that recovered and is bad again long after is listed twice: what it was, and what it is. */
function isEpisode(one: IncidentMember, other: IncidentMember): boolean {
  return isSame(one, other) && one.firstWindow.start === other.firstWindow.start;
}

/** Recovered members that an incident remembers: the newest. */
const RECOVERED = 30;

function withoutOldest(members: readonly IncidentMember[]): IncidentMember[] {
  const recovered = members.filter(({ status }) => status === 'recovered');
  const newest = new Set(recovered.toSorted((a, b) => (a.lastWindow.end < b.lastWindow.end ? 1 : -1)).slice(0, RECOVERED));
  return members.filter((member) => member.status === 'bad' || newest.has(member));
}

function isSame(one: Pick<IncidentMember, 'kind' | 'subject'>, other: Pick<IncidentMember, 'kind' | 'subject'>): boolean {
  return one.kind === other.kind && one.subject === other.subject;
}

/** A relapse is told afresh: nobody has taken note of it. */
function withoutWords(incident: Incident): Incident {
  const { acknowledged: _a, snoozedUntil: _s, news: _n, gatheredInto: _g, ...rest } = incident;
  return rest;
}

function withoutAcknowledgement(incident: Incident): Incident {
  const { acknowledged: _, ...rest } = incident;
  return rest;
}

function earlier(one: Window, other: Window): Window {
  return other.start < one.start ? other : one;
}

function later(one: Window, other: Window): Window {
  return other.end > one.end ? other : one;
}
