import type { Incident } from '../../pipelines/core/schema/incident.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';

/** An incident that opened on the window of a signal and has known no other. */
export function incidentOf(latest: Signal, changes: Partial<Incident> = {}): Incident {
  const { kind, subject, window } = latest;
  return {
    id: '0123456789abcdef',
    key: '0123456789abcdef',
    model: 'loan',
    kind,
    subject,
    status: 'open',
    severity: 'low',
    openedAt: window.end,
    updatedAt: window.end,
    resolvedAt: null,
    firstWindow: window,
    lastWindow: window,
    badWindows: 3,
    healthyWindows: 0,
    worst: latest,
    latest,
    resolution: null,
    ...changes,
  };
}
