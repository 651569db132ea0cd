import { type Incident, membersOf } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { SignalKind } from '../schema/signal.ts';
import { groupOf, isOfInputs } from './incident-groups.ts';
import { isOngoing } from './incident-kinds.ts';

/** What moved inputs may be the cause of: the results of the whole model, measured or estimated. */
const HARM: ReadonlySet<SignalKind> = new Set(['realised-performance', 'estimated-performance', 'business-value']);

/** Whether it is harm to the model's results, which goes on. */
export function isOngoingHarm(incident: Incident): boolean {
  return HARM.has(incident.kind) && isOngoing(incident);
}

/**
 * Whether an incident that has no issue yet should get one. Muted ones do not. Moved inputs do not while harm has an issue that names them as its likely cause, nor when it is over and they go on as they were: one problem, one issue;
 * nor while all that has moved are columns whose broken data has an issue; nor where the owner wants drift without harm on the dashboard only (`monitoring.incident.driftAlone: report`).
 */
export function wantsIssue(incident: Incident, incidents: readonly Incident[], definition: ModelDefinition): boolean {
  if (!isOngoing(incident) || incident.status === 'muted') return false;
  if (!isOfInputs(incident, definition)) return true;
  const isTold = incidents.some((other) => tells(other, incident));
  const broken = incidents.filter((other) => isOngoing(other) && other.status !== 'muted' && groupOf(other, definition) === 'breach');
  if (isTold || isExplainedBy(broken, incident)) return false;
  return definition.monitoring.incident.driftAlone === 'issue';
}

/** Whether harm has an issue that names these moved inputs: it goes on, or it ended after they were opened and nothing worth telling has joined them since. */
function tells(harm: Incident, inputs: Incident): boolean {
  if (!HARM.has(harm.kind) || harm.status === 'muted') return false;
  if (harm.resolvedAt === null) return true;
  return harm.resolvedAt >= inputs.openedAt && (inputs.news?.at ?? inputs.openedAt) <= harm.resolvedAt;
}

/** Whether all that has moved are columns whose data is broken: their drift is the breach, seen once more. */
function isExplainedBy(breaches: readonly Incident[], incident: Incident): boolean {
  const bad = (one: Incident) => membersOf(one).filter(({ status }) => status === 'bad');
  const columns = new Set(breaches.flatMap(bad).map(({ subject }) => subject));
  return bad(incident).every(({ subject }) => columns.has(subject));
}

/** Whether its issue is left alone at a moment. */
export function isSnoozed({ snoozedUntil }: Pick<Incident, 'snoozedUntil'>, now: Instant): boolean {
  return snoozedUntil !== undefined && snoozedUntil > now;
}
