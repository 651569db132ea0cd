import type { Because } from '../schema/decision.ts';
import type { Incident } from '../schema/incident.ts';
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
    text: `${incident.kind} of ${incident.subject}: ${incident.badWindows} bad windows, ${incident.status}`,
  };
}

/** Links to a rule of model.yml by its path, e.g. `retraining.cooldown`. */
export function becauseOfPolicy(path: string, text: string, window: Window | null = null): Because {
  return { kind: 'policy', ref: path, window, text };
}
