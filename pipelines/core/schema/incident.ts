import { z } from 'zod';
import { ModelName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { Signal, SignalKind } from './signal.ts';
import { Window } from './window.ts';

export const IncidentStatus = z
  .enum(['open', 'acknowledged', 'retraining', 'verifying', 'resolved', 'muted'])
  .meta({ id: 'IncidentStatus' });
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/**
 * A lasting problem with one subject. Its `key` names the problem (model, kind, subject; no numbers, no dates);
 * its `id` names the episode (key and first bad window).
 */
export const Incident = z
  .strictObject({
    id: z.string().regex(/^[0-9a-f]{16}$/),
    key: z.string().regex(/^[0-9a-f]{16}$/),
    model: ModelName,
    kind: SignalKind,
    subject: z.string(),
    status: IncidentStatus,
    severity: z.enum(['high', 'medium', 'low']),
    openedAt: Instant,
    updatedAt: Instant,
    resolvedAt: Instant.nullable(),
    firstWindow: Window,
    lastWindow: Window,
    badWindows: z.int().nonnegative(),
    healthyWindows: z.int().nonnegative().describe('Consecutive healthy windows up to now'),
    worst: Signal.describe('The signal that was furthest from its threshold'),
    latest: Signal,
    resolution: z.string().nullable(),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;
