import type { Decision } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import { epochSeconds, type Instant } from '../schema/instant.ts';

/** A time that an incident was open without a break: from its opening, or from a relapse, to the recovery after it. */
export interface IncidentStretch {
  readonly from: Instant;
  /** null while it goes on. */
  readonly until: Instant | null;
  /** How it ended, in words; null while it goes on. */
  readonly resolution: string | null;
}

/**
 * The stretches of one incident, oldest first; never empty. A relapse within the cooldown continues the incident, so one incident may recover
 * and reopen several times: the decisions that the state keeps tell when. A recovery that they no longer hold counts as none.
 */
export function incidentStretches(incident: Incident, decisions: readonly Decision[]): IncidentStretch[] {
  const stretches: IncidentStretch[] = [{ from: incident.openedAt, until: null, resolution: null }];
  for (const decision of decisions) {
    if (decision.kind !== 'open-incident' && decision.kind !== 'resolve-incident') continue;
    if (decision.incident.id !== incident.id) continue;
    const last = stretches.at(-1);
    if (last === undefined) continue;
    if (decision.kind === 'open-incident' && last.until !== null) stretches.push({ from: decision.at, until: null, resolution: null });
    if (decision.kind === 'resolve-incident' && last.until === null)
      stretches[stretches.length - 1] = { ...last, until: decision.at, resolution: decision.incident.resolution };
  }
  const last = stretches.at(-1);
  if (last === undefined || last.until !== null || incident.resolvedAt === null) return stretches;
  return [...stretches.slice(0, -1), { ...last, until: incident.resolvedAt, resolution: incident.resolution }];
}

/** Seconds that an incident was open, without the time between a recovery and the relapse after it. An ongoing one counts until `now`. */
export function secondsOpen(stretches: readonly IncidentStretch[], now: Instant): number {
  return stretches.reduce((sum, { from, until }) => sum + Math.max(0, epochSeconds(until ?? now) - epochSeconds(from)), 0);
}
