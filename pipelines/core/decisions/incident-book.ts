import { type Incident, membersOf } from '../schema/incident.ts';
import { gatheredIncident, incidentOfMember, type MemberStep, withSteps } from './gather-members.ts';
import { driftKey, groupOf, sourceOf } from './incident-groups.ts';
import { isOngoing } from './incident-kinds.ts';
import { isRelapse, type Sighting, type StepRules, stepIncident, type Track } from './step-incident.ts';

/** Everything that is going on with one model, while windows are taken into account. */
export interface IncidentBook {
  /** By key of the statement: a member of an incident, or one that stands alone, or a row of alerts that opened nothing. */
  readonly tracks: ReadonlyMap<string, Track>;
  /** By id. */
  readonly incidents: ReadonlyMap<string, Incident>;
  /** Statements whose muted incident was opened before statements were gathered: it goes on by itself until it is over. */
  readonly apart: ReadonlySet<string>;
}

/** The book at the beginning of a run; `streaks`: alerts in a row that opened nothing, by key. */
export function openBook(
  incidents: readonly Incident[],
  rules: StepRules,
  streaks: ReadonlyMap<string, readonly Sighting[]>,
): IncidentBook {
  const tracks = new Map<string, Track>([...streaks].map(([key, streak]) => [key, { incident: null, streak }]));
  const apart = new Set<string>();
  for (const incident of incidents) {
    const isApart = incident.status === 'muted' && isOfOneColumn(incident, rules);
    for (const one of isGrouped(incident, rules) && !isApart
      ? membersOf(incident).map((member) => incidentOfMember(member, incident.model))
      : [incident]) {
      const known = tracks.get(one.key)?.incident ?? null;
      if (known !== null && known.openedAt > one.openedAt) continue;
      tracks.set(one.key, { incident: one, streak: tracks.get(one.key)?.streak ?? [] });
      if (isApart) apart.add(one.key);
      else apart.delete(one.key);
    }
  }
  return { tracks, incidents: new Map(incidents.map((incident) => [incident.id, incident])), apart };
}

/** The book after one window. Statements that belong together take their step together, so that the order in which they are listed means nothing. */
export function stepBook(book: IncidentBook, sightings: readonly (Sighting & { readonly key: string })[], rules: StepRules): IncidentBook {
  const tracks = new Map(book.tracks);
  const incidents = new Map(book.incidents);
  const steps: MemberStep[] = [];
  for (const { key, ...sighting } of sightings) {
    const track = tracks.get(key) ?? { incident: null, streak: [] };
    const next = stepIncident(track, sighting, rules);
    tracks.set(key, next);
    const [before, after] = [track.incident, next.incident];
    if (after === null || after === before) continue;
    const standsAlone = groupOf(sighting.signal, rules.definition) === null || (book.apart.has(key) && before?.id === after.id);
    if (standsAlone) incidents.set(after.id, after);
    else steps.push({ before, after });
  }
  for (const incident of gather([...incidents.values()], steps, rules)) incidents.set(incident.id, incident);
  return { ...book, tracks, incidents };
}

/** The incidents that steps change or open. */
function gather(incidents: readonly Incident[], steps: readonly MemberStep[], rules: StepRules): Incident[] {
  const grouped = incidents.filter((incident) => isGrouped(incident, rules));
  const placed = new Map<Incident, MemberStep[]>();
  const homeless: MemberStep[] = [];
  for (const step of steps) {
    const home = homeOf(step, grouped, rules);
    if (home === null) homeless.push(step);
    else placed.set(home, [...(placed.get(home) ?? []), step]);
  }
  const opened = founders(homeless, rules).map(({ key, members }) => gatheredIncident(key, members, rules.asOf));
  return [...[...placed].map(([incident, members]) => withSteps(incident, members, rules.asOf)), ...opened];
}

/** The incident that a statement belongs to: the one that holds it, the one that it relapses into, or the one that began for the same reason. */
function homeOf({ after }: MemberStep, incidents: readonly Incident[], rules: StepRules): Incident | null {
  const ongoing = incidents.filter(isOngoing);
  const holding = ongoing.find((incident) => holds(incident, after));
  if (holding !== undefined) return holding;
  if (groupOf(after, rules.definition) === 'drift') {
    const drifts = incidents.filter((incident) => groupOf(incident, rules.definition) === 'drift' && incident.gatheredInto === undefined);
    const current = drifts.find((incident) => isOngoing(incident) && incident.key === driftKey(incident.model));
    return current ?? newest(drifts.filter((incident) => !isOngoing(incident) && isRelapse(incident, after.firstWindow, rules))) ?? null;
  }
  const relapsed = incidents.find((incident) =>
    membersOf(incident).some((member) => incidentOfMember(member, incident.model).id === after.id),
  );
  return relapsed ?? ongoing.find((incident) => incident.status !== 'muted' && beganWith(incident, after, rules)) ?? null;
}

function holds(incident: Incident, { kind, subject }: Incident): boolean {
  return membersOf(incident).some((member) => member.kind === kind && member.subject === subject);
}

/** One upstream that broke: the same first window, and the same source. */
function beganWith(one: Incident, other: Incident, { definition }: StepRules): boolean {
  return (
    groupOf(one, definition) === groupOf(other, definition) &&
    one.firstWindow.start === other.firstWindow.start &&
    sourceOf(one.subject, definition) === sourceOf(other.subject, definition)
  );
}

/** Statements that open incidents, sorted into those that open one together. */
function founders(steps: readonly MemberStep[], rules: StepRules): { readonly key: string; readonly members: readonly MemberStep[] }[] {
  const found: { key: string; members: MemberStep[] }[] = [];
  for (const step of steps.toSorted((a, b) => (a.after.key < b.after.key ? -1 : 1))) {
    const isDrift = groupOf(step.after, rules.definition) === 'drift';
    const key = isDrift ? driftKey(step.after.model) : step.after.key;
    const together = found.find(({ key: other, members: [first] }) =>
      isDrift ? other === key : first !== undefined && beganWith(first.after, step.after, rules),
    );
    if (together === undefined) found.push({ key, members: [step] });
    else together.members.push(step);
  }
  return found;
}

function isGrouped(incident: Incident, { definition }: StepRules): boolean {
  return groupOf(incident, definition) !== null;
}

function isOfOneColumn(incident: Incident, { definition }: StepRules): boolean {
  return groupOf(incident, definition) === 'drift' && incident.key !== driftKey(incident.model);
}

function newest(incidents: readonly Incident[]): Incident | undefined {
  return incidents.toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))[0];
}
