import type { Deployment } from '../schema/deployment.ts';
import type { DriftEvidence } from '../schema/drift-evidence.ts';
import type { Incident } from '../schema/incident.ts';
import type { ModelState } from '../schema/model-state.ts';
import type { MonitoringReport } from '../schema/monitoring-report.ts';
import { isDrift } from './incident-groups.ts';

const HEARD: ReadonlySet<Incident['status']> = new Set(['acknowledged', 'muted']);

/** The evidence of drift that the next window starts from: what another champion did against another reference says nothing about this one. */
export function standingEvidence(state: ModelState, { production }: Pick<Deployment, 'production'>): DriftEvidence {
  return state.champion === production ? state.evidence : {};
}

/**
 * The evidence of drift after a run. Windows enter once, in order: a report that does not start at the watermark of the state adds nothing.
 *
 * Starts afresh when a person has taken note of a drift (acknowledged or muted), when the last drift that nobody muted is over, and with a new champion: from
 * then on, the next alarm needs evidence of its own (see `accumulateEvidence`). A fresh start takes place at the end of its run. `after`: the state with
 * the run's decisions.
 */
export function carryEvidence(before: ModelState, after: ModelState, report: MonitoringReport): DriftEvidence {
  if (isNoted(before, after) || isOver(before, after)) return {};
  const isNext = report.windows.length > 0 && report.previousWatermark === before.watermark && report.champion === after.champion;
  if (isNext && report.evidence !== undefined) return report.evidence.after;
  return after.champion === before.champion ? before.evidence : {};
}

function isNoted(before: ModelState, after: ModelState): boolean {
  return after.incidents.some(
    (incident) => isDrift(incident) && HEARD.has(incident.status) && statusIn(before, incident) !== incident.status,
  );
}

function isOver(before: ModelState, after: ModelState): boolean {
  const drifts = after.incidents.filter(isDrift);
  const isClosed = drifts.some((incident) => incident.status === 'resolved' && statusIn(before, incident) !== 'resolved');
  return isClosed && drifts.every(({ status }) => status === 'resolved' || status === 'muted');
}

function statusIn({ incidents }: ModelState, { id }: Incident): Incident['status'] | undefined {
  return incidents.find((incident) => incident.id === id)?.status;
}
