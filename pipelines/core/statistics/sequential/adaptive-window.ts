/** Sum and sum of squared deviations of a bucket of rows. */
type Bucket = readonly [sum: number, deviations: number];

/** What is remembered of a stream: buckets of 1, 2, 4, … rows, each list oldest first. Some 6 buckets a doubling: 100 for a million rows. */
export interface AdaptiveWindow {
  readonly seen: number;
  readonly buckets: readonly (readonly Bucket[])[];
}

/** A stream that nothing was seen of. */
export const ADAPTIVE_WINDOW_START: AdaptiveWindow = { seen: 0, buckets: [] };

const BUCKETS_A_SIZE = 5;
const ROWS_BETWEEN_CHECKS = 32;
const SMALLEST_SIDE = 5;
const GRACE_ROWS = 10;
const USUAL_DELTA = 0.002;

interface Part {
  readonly rows: number;
  readonly sum: number;
  readonly deviations: number;
}

const NO_ROWS: Part = { rows: 0, sum: 0, deviations: 0 };

/**
 * One row of a stream into ADWIN, which finds a change of the mean, up or down, without being told over how many rows to look.
 *
 * In words: every 32 rows each cut of the rows in an old and a new part is tried; |difference of means| > sqrt(2·m·variance·L) + ⅔·m·L, with
 * L = ln(2·ln(rows)/delta) and m = 1/(n₀ − 4) + 1/(n₁ − 4), is a change, after which it starts again (Bifet and Gavaldà 2007,
 * https://doi.org/10.1137/1.9781611972771.42; constants and fresh start as in river, except that every bucket is a place to cut, where river passes over the newest
 * of each size). delta bounds false alarms at one check, not over all of them: it is no budget. Best for values in [0, 1]. Amortised O(1) a row,
 * O(log rows) a check and in memory.
 *
 * @example stepAdaptiveWindow({ seen: 0, buckets: [] }, 1).window; // => { seen: 1, buckets: [[[1, 0]]] }
 */
export function stepAdaptiveWindow(
  window: AdaptiveWindow,
  value: number,
  delta = USUAL_DELTA,
): { readonly window: AdaptiveWindow; readonly change: boolean } {
  const seen = window.seen + 1;
  const grown = { seen, buckets: inserted(window.buckets, [value, 0], 0) };
  if (seen % ROWS_BETWEEN_CHECKS !== 0) return { window: grown, change: false };
  const change = hasCut(grown.buckets, delta);
  return { window: change ? ADAPTIVE_WINDOW_START : grown, change };
}

/** A sixth bucket of one size: the two oldest become one of twice the size. */
function inserted(buckets: AdaptiveWindow['buckets'], bucket: Bucket, place: number): AdaptiveWindow['buckets'] {
  const list = [...(buckets[place] ?? []), bucket];
  const [first, second] = list;
  if (list.length <= BUCKETS_A_SIZE || first === undefined || second === undefined) return replaced(buckets, place, list);
  const merged = joined(part(first, place), part(second, place));
  return inserted(replaced(buckets, place, list.slice(2)), [merged.sum, merged.deviations], place + 1);
}

function replaced(buckets: AdaptiveWindow['buckets'], place: number, list: readonly Bucket[]): AdaptiveWindow['buckets'] {
  return [...buckets.slice(0, place), list, ...buckets.slice(place + 1)];
}

function oldestFirst(buckets: AdaptiveWindow['buckets']): Part[] {
  return buckets
    .map((list, place) => list.map((bucket) => part(bucket, place)))
    .reverse()
    .flat();
}

function hasCut(buckets: AdaptiveWindow['buckets'], delta: number): boolean {
  const parts = oldestFirst(buckets);
  const all = parts.reduce(joined, NO_ROWS);
  if (all.rows <= GRACE_ROWS) return false;
  const variance = all.deviations / all.rows;
  const likelihood = Math.log((2 * Math.log(all.rows)) / delta);
  let rows = 0;
  let sum = 0;
  for (const { rows: more, sum: further } of parts) {
    rows += more;
    sum += further;
    const rest = all.rows - rows;
    if (rest < SMALLEST_SIDE) return false;
    if (rows < SMALLEST_SIDE) continue;
    const harmonic = 1 / (rows - SMALLEST_SIDE + 1) + 1 / (rest - SMALLEST_SIDE + 1);
    const allowed = Math.sqrt(2 * harmonic * variance * likelihood) + (2 / 3) * harmonic * likelihood;
    if (Math.abs(sum / rows - (all.sum - sum) / rest) > allowed) return true;
  }
  return false;
}

function part([sum, deviations]: Bucket, place: number): Part {
  return { rows: 2 ** place, sum, deviations };
}

/** Chan, Golub and LeVeque's rule for the squared deviations of two parts. */
function joined(one: Part, other: Part): Part {
  if (one.rows === 0) return other;
  const rows = one.rows + other.rows;
  const gap = other.sum / other.rows - one.sum / one.rows;
  return {
    rows,
    sum: one.sum + other.sum,
    deviations: one.deviations + other.deviations + (gap * gap * one.rows * other.rows) / rows,
  };
}
