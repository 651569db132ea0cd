import { type Incident, type IncidentMember, membersOf } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import { isOfLostColumn } from '../schema/lost-column.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { byImpact } from './incident-groups.ts';
import { isOngoing } from './incident-kinds.ts';

/**
 * Ends what an incident says of columns that left the definition: nobody measures them any more, so they would never be healthy and would keep the whole incident open. One that speaks of
 * nothing else is over. All other incidents stay as they are.
 */
export function dropUnwatched(incident: Incident, definition: ModelDefinition, asOf: Instant): Incident {
  const isGone = (member: IncidentMember) => isOfLostColumn(member, definition);
  const members = membersOf(incident);
  if (!isOngoing(incident) || !members.some((member) => member.status === 'bad' && isGone(member))) return incident;
  const left = byImpact(
    members.map((member) =>
      isGone(member) && member.status === 'bad' ? { ...member, status: 'recovered' as const, resolvedAt: asOf } : member,
    ),
  );
  const [lead] = left;
  if (lead === undefined || lead.status === 'recovered') {
    const resolution = 'What it spoke of has left the definition and is watched no more.';
    return {
      ...incident,
      ...(incident.members === undefined ? {} : { members: left }),
      status: 'resolved',
      resolvedAt: asOf,
      updatedAt: asOf,
      resolution,
    };
  }
  const { kind, subject, worst, latest } = lead;
  const healthyWindows = Math.min(...left.filter(({ status }) => status === 'bad').map((member) => member.healthyWindows));
  return { ...incident, kind, subject, worst, latest, healthyWindows, members: left, updatedAt: asOf };
}
