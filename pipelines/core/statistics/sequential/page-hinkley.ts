/** What the Page-Hinkley test remembers of a stream. */
export interface PageHinkleyState {
  readonly seen: number;
  readonly mean: number;
  readonly sum: number;
}

/** A stream that nothing was seen of. */
export const PAGE_HINKLEY_START: PageHinkleyState = { seen: 0, mean: 0, sum: 0 };

export interface PageHinkleyRules {
  /** Smallest rise that matters, in the unit of the stream. */
  readonly delta: number;
  readonly threshold: number;
  /** How much of the sum is kept from row to row. */
  readonly kept: number;
  readonly minimumRows: number;
}

const USUAL: PageHinkleyRules = { delta: 0.005, threshold: 50, kept: 0.9999, minimumRows: 30 };

/**
 * One row of a stream into the Page-Hinkley test, which finds a rise of the mean.
 *
 * Formula: sum = max(0, kept · sum + value − running mean − delta); a change from the threshold on, after which it starts again (Page 1954,
 * https://doi.org/10.1093/biomet/41.1-2.100; defaults of river). With kept = 1 it fires where river 0.26.1 does; below, river measures the sum from its lowest place,
 * to which forgetting does not draw it back, and so calls a rise long after a fall. The threshold is in the unit of the stream,
 * so the defaults fit errors of 0 and 1; there is no guarantee on false alarms: report, do not page. O(1) in time and memory.
 *
 * @example stepPageHinkley({ seen: 0, mean: 0, sum: 0 }, 1).state; // => { seen: 1, mean: 1, sum: 0 }
 */
export function stepPageHinkley(
  state: PageHinkleyState,
  value: number,
  rules: PageHinkleyRules = USUAL,
): { readonly state: PageHinkleyState; readonly change: boolean } {
  const seen = state.seen + 1;
  const mean = state.mean + (value - state.mean) / seen;
  const sum = Math.max(0, rules.kept * state.sum + value - mean - rules.delta);
  const change = seen >= rules.minimumRows && sum >= rules.threshold;
  return { state: change ? PAGE_HINKLEY_START : { seen, mean, sum }, change };
}
