import { ADAPTIVE_WINDOW_START, stepAdaptiveWindow } from './adaptive-window.ts';
import { PAGE_HINKLEY_START, stepPageHinkley } from './page-hinkley.ts';

/** Where a stream of values in [0, 1] began to lie higher. */
export interface Onset {
  /** Place of the first value of the rise. */
  readonly from: number;
  readonly before: number;
  readonly after: number;
}

const TAIL = 4;
const ROUNDS = 3;

/**
 * Where in a stream in order of time the mean rose: found by ADWIN, dated by the Page-Hinkley test.
 *
 * ADWIN says that the mean has changed since it last began (`stepAdaptiveWindow`); a fall is passed over. The beginning is the last value at which the Page-Hinkley
 * sum stood at zero, with half of the rise as its smallest step: the maximum-likelihood place of a step (Hinkley 1971,
 * https://doi.org/10.1093/biomet/58.3.509). Dates what is known to be bad; it is no alarm, since ADWIN's error holds for one check and not for all. null: no rise
 * inside the stream. O(values · log values).
 *
 * @example onsetOfRise([...new Array(200).fill(0), ...new Array(100).fill(1)])?.from; // => 200
 */
export function onsetOfRise(values: ArrayLike<number>): Onset | null {
  let window = ADAPTIVE_WINDOW_START;
  let start = 0;
  for (let place = 0; place < values.length; place += 1) {
    const step = stepAdaptiveWindow(window, values[place] ?? 0);
    window = step.window;
    if (!step.change) continue;
    const rise = dated(values, start, place + 1);
    if (rise !== null) return rise;
    start = place + 1;
  }
  return null;
}

function dated(values: ArrayLike<number>, start: number, end: number): Onset | null {
  const tail = Math.ceil((end - start) / TAIL);
  let step = meanOf(values, end - tail, end) - meanOf(values, start, start + tail);
  let from = start;
  // The first guess of the rise mixes values from before it; what lies after the place that it gives is a better one.
  for (let round = 0; round < ROUNDS && step > 0; round += 1) {
    from = lastAtZero(values, { start, end, delta: step / 2 });
    if (from <= start || from >= end) return null;
    step = meanOf(values, from, end) - meanOf(values, start, from);
  }
  return step <= 0 ? null : { from, before: meanOf(values, start, from), after: meanOf(values, from, values.length) };
}

function lastAtZero(values: ArrayLike<number>, part: { readonly start: number; readonly end: number; readonly delta: number }): number {
  const rules = { delta: part.delta, threshold: Number.POSITIVE_INFINITY, kept: 1, minimumRows: 1 };
  let state = PAGE_HINKLEY_START;
  let from = part.start;
  for (let place = part.start; place < part.end; place += 1) {
    state = stepPageHinkley(state, values[place] ?? 0, rules).state;
    if (state.sum === 0) from = place + 1;
  }
  return from;
}

function meanOf(values: ArrayLike<number>, start: number, end: number): number {
  let sum = 0;
  for (let place = start; place < end; place += 1) sum += values[place] ?? 0;
  return sum / Math.max(1, end - start);
}
