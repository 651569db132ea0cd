import type { Because } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
import { metricName } from '../schema/phrase-metric.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import type { Window } from '../schema/window.ts';

/** Links to a measured statement and the rows that it speaks of. */
export function becauseOfSignal(signal: Signal): Because {
  return { kind: 'signal', ref: signal.id, window: signal.window, text: signal.why };
}

/** Links to an incident; its window runs from the first bad window to the last. */
export function becauseOfIncident(incident: Incident): Because {
  return {
    kind: 'incident',
    ref: incident.id,
    window: { start: incident.firstWindow.start, end: incident.lastWindow.end },
    text: `${incident.kind} of ${subjectOf(incident)}${othersOf(incident)}: ${phraseQuantity(incident.badWindows, 'bad window')}, ${incident.status}`,
  };
}

/** 'data-drift of distance', 'data-drift of distance and 3 others': the first of what it gathers, and how many more. */
export function incidentName(incident: Incident): string {
  return `${incident.kind} of ${incident.subject}${othersOf(incident)}`;
}

function othersOf({ members }: Incident): string {
  const others = (members?.length ?? 1) - 1;
  return others === 0 ? '' : ` and ${phraseQuantity(others, 'other')}`;
}

const OF_METRICS: ReadonlySet<Incident['kind']> = new Set(['realised-performance', 'estimated-performance', 'business-value']);

function subjectOf({ kind, subject }: Incident): string {
  return OF_METRICS.has(kind) ? metricName(subject) : subject;
}

/** Links to a rule of model.yml by its path, e.g. `retraining.cooldown`. */
export function becauseOfPolicy(path: string, text: string, window: Window | null = null): Because {
  return { kind: 'policy', ref: path, window, text };
}
