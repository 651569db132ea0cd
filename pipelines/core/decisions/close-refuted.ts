import type { Incident } from '../schema/incident.ts';
import type { Instant } from '../schema/instant.ts';
import type { WindowSummary } from '../schema/model-state.ts';
import { isRefuted } from '../signals/settled-by-labels.ts';
import { isOngoing } from './incident-kinds.ts';

/**
 * Resolves an incident of estimated performance once labels deny it: the newest window that was bad has been measured, and its results are as promised. Windows that only warn do not keep
 * it open, since what they may warn of has not come true. All other incidents stay as they are.
 */
export function closeRefuted(incident: Incident, windows: readonly WindowSummary[], asOf: Instant): Incident {
  if (incident.kind !== 'estimated-performance' || !isOngoing(incident) || incident.status === 'verifying') return incident;
  const newest = windows.find(({ window }) => window.start === incident.lastWindow.start);
  const realised = newest?.signals.find(({ kind, subject }) => kind === 'realised-performance' && subject === incident.subject);
  const estimate = newest?.signals.find(({ kind, subject }) => kind === incident.kind && subject === incident.subject);
  if (realised === undefined || estimate === undefined || !isRefuted(estimate, realised)) return incident;
  const resolution = `The labels of its rows have come and deny it, up to ${realised.window.end.slice(0, 10)}: ${realised.why}`;
  return { ...incident, status: 'resolved', resolvedAt: asOf, updatedAt: asOf, resolution };
}
