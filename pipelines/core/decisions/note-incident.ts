import { shortKey } from '../digest/sha256.ts';
import type { Decision } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { ModelState } from '../schema/model-state.ts';
import { isOngoing } from './incident-kinds.ts';

/** What a person with write permission said about one incident, in a comment on its issue. */
export interface IncidentNote {
  readonly commentId: number;
  readonly login: string;
  /** Of the issue that the comment stands under. */
  readonly issue: number;
  readonly note: { readonly kind: 'acknowledge' } | { readonly kind: 'snooze'; readonly until: Instant };
}

/** The incident that goes on and has this issue; null when there is none. */
export function incidentOfIssue({ incidents, issues }: Pick<ModelState, 'incidents' | 'issues'>, issue: number): Incident | null {
  return incidents.find((incident) => isOngoing(incident) && issues[incident.id] === issue) ?? null;
}

/**
 * Takes down what a person said of an incident. Acknowledged: no comments until its severity rises; it is treated and closed as ever. Snoozed: its issue is left
 * alone until then. Nothing when there is no such incident, or nothing would change; whether the person may is checked before.
 */
export function noteIncident(state: ModelState, { commentId, login, issue, note }: IncidentNote, at: Instant): Decision[] {
  const incident = incidentOfIssue(state, issue);
  if (incident === null) return [];
  const noted = note.kind === 'snooze' ? { ...incident, snoozedUntil: note.until } : acknowledged(incident, { at, by: login });
  if (noted.acknowledged === incident.acknowledged && noted.snoozedUntil === incident.snoozedUntil) return [];
  const text = `${login} asked with /holdfast ${note.kind}${note.kind === 'snooze' ? ` until ${note.until}` : ''}`;
  const because = [{ kind: 'command' as const, ref: String(commentId), window: null, text }];
  const id = shortKey({ kind: 'update-incident', incident: incident.id, at, comment: commentId });
  return [{ id, model: incident.model, at, because, kind: 'update-incident', incident: { ...noted, updatedAt: at } }];
}

/** In retraining, in verification or muted, it keeps that status: the note is remembered for later. */
function acknowledged(incident: Incident, note: NonNullable<Incident['acknowledged']>): Incident {
  if (incident.acknowledged !== undefined) return incident;
  return { ...incident, acknowledged: note, status: incident.status === 'open' ? 'acknowledged' : incident.status };
}
