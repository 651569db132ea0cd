import { z } from 'zod';
import { ModelName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { Signal, SignalKind } from './signal.ts';
import { Window } from './window.ts';

export const IncidentStatus = z
  .enum(['open', 'acknowledged', 'retraining', 'verifying', 'resolved', 'muted'])
  .meta({ id: 'IncidentStatus' });
export type IncidentStatus = z.infer<typeof IncidentStatus>;

/** One of several statements that an incident gathers, with a life of its own: it counts its own windows, and recovers by itself. */
export const IncidentMember = z
  .strictObject({
    kind: SignalKind,
    subject: z.string(),
    severity: z.enum(['high', 'medium', 'low']),
    status: z.enum(['bad', 'recovered']),
    openedAt: Instant.describe('When it was bad for long enough to count'),
    resolvedAt: Instant.nullable(),
    firstWindow: Window,
    lastWindow: Window,
    badWindows: z.int().nonnegative(),
    healthyWindows: z.int().nonnegative(),
    worst: Signal,
    latest: Signal,
  })
  .meta({ id: 'IncidentMember' });
export type IncidentMember = z.infer<typeof IncidentMember>;

/** A change of an incident that goes on which is worth a comment: everything else only edits its issue. */
export const IncidentNews = z
  .strictObject({
    at: Instant.describe('The run that noticed it'),
    roseFrom: z.enum(['high', 'medium', 'low']).nullable().describe('Severity before it rose; null: it did not rise'),
    joined: z.array(z.strictObject({ kind: SignalKind, subject: z.string() })).describe('Members that joined and weigh enough to be told'),
  })
  .meta({ id: 'IncidentNews' });
export type IncidentNews = z.infer<typeof IncidentNews>;

/**
 * A lasting problem with one subject, or with several that have one cause. Its `key` names the problem (model, kind, subject; no numbers, no dates);
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
    members: z
      .array(IncidentMember)
      .min(2)
      .optional()
      .describe('What it gathers, by impact, when that is more than one; kind, subject, worst and latest are those of the first'),
    gatheredInto: z.string().optional().describe('Id of the incident that goes on in its place'),
    acknowledged: z
      .strictObject({ at: Instant, by: z.string() })
      .optional()
      .describe('Who took note of it: no comments until its severity rises'),
    snoozedUntil: Instant.optional().describe('Its issue is left alone until then'),
    news: IncidentNews.optional().describe('The newest change that was worth a comment'),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;

/** What an incident consists of: never empty, and one for most. */
export function membersOf(incident: Incident): readonly IncidentMember[] {
  if (incident.members !== undefined) return incident.members;
  const { kind, subject, severity, openedAt, resolvedAt, firstWindow, lastWindow, badWindows, healthyWindows, worst, latest } = incident;
  const status = incident.status === 'resolved' ? 'recovered' : 'bad';
  return [{ kind, subject, severity, status, openedAt, resolvedAt, firstWindow, lastWindow, badWindows, healthyWindows, worst, latest }];
}
