import { durationSeconds } from '../schema/duration.ts';
import { addSeconds, type Instant } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { placeInWeek } from '../schema/place-in-week.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { Signal } from '../schema/signal.ts';
import { type Window, windowId } from '../schema/window.ts';
import { figure } from './phrase-figures.ts';

/** No log is waited for longer than this many windows back: after that the number says enough. */
const MOST_WINDOWS = 400;
const DAY = 86_400;
const WEEK = 7 * DAY;

/** What freshness is judged from. `watermark`: end of the last complete window. */
export interface LogAge {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly watermark: Instant;
  readonly asOf: Instant;
}

/**
 * Whether the log is as new as its rhythm lets expect: windows after the watermark that should be there by now, some time (see `patienceOf`) and logs.lateness
 * after their end. Windows whose weekday and hour were always empty in the reference (weekends, nights) are not expected. The signal speaks of
 * the newest overdue window, or of the next one where none is.
 */
export function judgeFreshness({ definition, reference, watermark, asOf }: LogAge): Signal {
  const length = durationSeconds(definition.monitoring.window);
  const patience = patienceOf(length) + durationSeconds(definition.logs.lateness);
  const isEmptyPlace = emptyPlaces(reference, length);
  const next: Window = { start: watermark, end: addSeconds(watermark, length) };
  const overdue: Window[] = [];
  let window = next;
  while (addSeconds(window.end, patience) < asOf && overdue.length < MOST_WINDOWS) {
    if (!isEmptyPlace(window)) overdue.push(window);
    window = { start: window.end, end: addSeconds(window.end, length) };
  }
  const newest = overdue.at(-1) ?? next;
  const alert = overdue.length > 0;
  const count = `${figure(overdue.length)} more ${overdue.length === 1 ? 'window' : 'windows'}`;
  return {
    id: `freshness/prediction-log/${windowId(newest)}`,
    kind: 'freshness',
    subject: 'prediction-log',
    method: 'Windows that should be there, by weekday and hour of the reference',
    window: newest,
    modelVersion: reference.version,
    value: overdue.length,
    reference: 0,
    interval: null,
    pValue: null,
    threshold: {
      operator: '>',
      level: 0,
      rule: 'a window is due after its end: half its length, at least a day (or its length) and at most a week, and logs.lateness',
    },
    sampleSize: reference.rowsByWindow.length,
    status: alert ? 'alert' : 'ok',
    why: alert
      ? `The log ends at ${watermark}; by ${asOf} ${count} should be there.`
      : `The log reaches to ${watermark}, as far as its rhythm lets expect by ${asOf}.`,
  };
}

/** Seconds that a window may take: its own length up to a day, a day up to two, then half of it, and never more than a week. A week of silence is an end, not a pause. */
function patienceOf(length: number): number {
  return Math.min(length, Math.max(DAY, Math.min(length / 2, WEEK)));
}

/** Tells the windows that never had a row in the reference; none where it was counted in other windows. */
function emptyPlaces(reference: ReferenceProfile, length: number): (window: Window) => boolean {
  if (reference.windowSeconds !== length) return () => false;
  const rows = new Map<number, number>();
  for (const [start, count] of reference.rowsByWindow) {
    const place = placeInWeek({ start });
    rows.set(place, (rows.get(place) ?? 0) + count);
  }
  return (window) => rows.get(placeInWeek(window)) === 0;
}
