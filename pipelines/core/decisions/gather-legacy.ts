import { type Incident, membersOf } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { byImpact, driftKey, gravest, isOfInputs } from './incident-groups.ts';
import { isOngoing } from './incident-kinds.ts';

/**
 * Gathers incidents of moved inputs that were opened one a column, before they were gathered: the oldest goes on with its id and its issue, and holds the others as members; those end
 * without a word (`gatheredInto`). Muted ones stay as they are until they recover: a person has judged exactly that column. Gathering twice changes nothing.
 */
export function gatherLegacy(incidents: readonly Incident[], definition: ModelDefinition, asOf: Instant): Incident[] {
  const key = driftKey(definition.name);
  const ongoing = incidents.filter(
    (incident) => isOngoing(incident) && isOfInputs(incident, definition) && (incident.status !== 'muted' || incident.key === key),
  );
  const keeper = ongoing.find((incident) => incident.key === key) ?? ongoing.toSorted(olderFirst)[0];
  const others = ongoing.filter((incident) => incident !== keeper);
  if (keeper === undefined || (keeper.key === key && others.length === 0)) return [...incidents];
  const kept = { ...gathered(keeper, others, asOf), key };
  return incidents.map((incident) => {
    if (incident === keeper) return kept;
    return others.includes(incident) ? ended(incident, kept, asOf) : incident;
  });
}

function gathered(keeper: Incident, others: readonly Incident[], asOf: Instant): Incident {
  const all = [keeper, ...others];
  const members = byImpact(all.flatMap(membersOf));
  const [lead] = members;
  if (lead === undefined || members.length === 1) return keeper;
  const { kind, subject, worst, latest } = lead;
  const firstWindow = all.map((incident) => incident.firstWindow).reduce((one, other) => (other.start < one.start ? other : one));
  const lastWindow = all.map((incident) => incident.lastWindow).reduce((one, other) => (other.end > one.end ? other : one));
  return {
    ...keeper,
    ...{ kind, subject, worst, latest, members, firstWindow, lastWindow },
    updatedAt: asOf,
    severity: gravest(all.map(({ severity }) => severity)),
    badWindows: Math.max(...all.map(({ badWindows }) => badWindows)),
    healthyWindows: Math.min(...all.map(({ healthyWindows }) => healthyWindows)),
  };
}

function ended(incident: Incident, { id }: Incident, asOf: Instant): Incident {
  const resolution = 'It goes on as a part of the one incident of moved inputs.';
  return { ...incident, status: 'resolved', resolvedAt: asOf, updatedAt: asOf, resolution, gatheredInto: id };
}

function olderFirst(a: Incident, b: Incident): number {
  if (a.openedAt !== b.openedAt) return a.openedAt < b.openedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
