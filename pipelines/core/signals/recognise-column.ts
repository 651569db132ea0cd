import { epochSeconds } from '../schema/instant.ts';
import { placeInWeek, SECONDS_PER_WEEK } from '../schema/place-in-week.ts';
import type { Window } from '../schema/window.ts';
import type { ColumnProfile } from '../schema/window-profile.ts';
import { goodmanKruskalLambda, type ValueCounts } from '../statistics/distances/goodman-kruskal-lambda.ts';
import { percent } from './phrase-figures.ts';

/** One column in one window of the reference. */
export interface ColumnWindow {
  readonly window: Window;
  readonly column: ColumnProfile;
}

/** A column whose drift says nothing about the world, and why: it follows the calendar, never repeats, or moves on with time. */
export interface RecognisedColumn {
  readonly as: 'calendar' | 'identifier' | 'sequence';
  readonly why: string;
}

/** Guesses saved from which on the calendar determines a column. */
const DETERMINED = 0.8;
const FEWEST_ROWS = 200;
const FEWEST_WINDOWS = 5;
/** Windows that a place in the calendar needs: one more than shows that a value was there once. */
const TIMES_SEEN = 2;
const NEVER_REPEATS = 0.98;
const MOVES_ON = 0.9;

/**
 * Recognises columns that should be declared as calendar columns or ignored, from the windows of a reference in order of time; null for all others.
 *
 * calendar: the place in the week, or the third of the month in the year, determines the value (Goodman-Kruskal lambda of 0.8 or more), each place seen at least
 * twice, so that a value that came once and stayed is none. identifier: values of categories that repeat neither in a window nor between windows.
 * sequence: each window's values lie wholly beyond those of the window before (dates, counters). Conservative: without enough rows or windows it recognises
 * nothing. It sees what differs between windows: an hour in windows of a day is found by `calendarPart`, from rows. O(cells and values).
 */
export function recogniseColumn(windows: readonly ColumnWindow[]): RecognisedColumn | null {
  const filled = windows.filter(({ column }) => present(column) > 0);
  const rows = filled.reduce((sum, { column }) => sum + present(column), 0);
  if (filled.length < FEWEST_WINDOWS || rows < FEWEST_ROWS) return null;
  return calendarLike(filled) ?? identifierLike(filled) ?? sequenceLike(filled);
}

function calendarLike(windows: readonly ColumnWindow[]): RecognisedColumn | null {
  const ofWeek = savedGuesses(windows, ({ window }) => ({ place: String(placeInWeek(window)), time: week(window) }));
  if (ofWeek >= DETERMINED)
    return { as: 'calendar', why: `The weekday or hour determines it: knowing it saves ${percent(ofWeek)} of wrong guesses.` };
  const ofYear = savedGuesses(windows, ({ window: { start } }) => ({ place: start.slice(5, 9), time: start.slice(0, 4) }));
  if (ofYear >= DETERMINED)
    return { as: 'calendar', why: `The time of the year determines it: knowing it saves ${percent(ofYear)} of wrong guesses.` };
  return null;
}

/** Lambda of value given place, over places that were seen at enough different times; 0 where fewer than two were. */
function savedGuesses(windows: readonly ColumnWindow[], keyOf: (of: ColumnWindow) => { place: string; time: string | number }): number {
  const places = new Map<string, { times: Set<string | number>; counts: Map<string | number, number> }>();
  for (const each of windows) {
    const { place, time } = keyOf(each);
    const held = places.get(place) ?? { times: new Set(), counts: new Map() };
    held.times.add(time);
    for (const [value, count] of valueCounts(each.column)) held.counts.set(value, (held.counts.get(value) ?? 0) + count);
    places.set(place, held);
  }
  const known = [...places.values()].filter(({ times }) => times.size >= TIMES_SEEN);
  return known.length < 2 ? 0 : (goodmanKruskalLambda(known.map(({ counts }) => counts)) ?? 0);
}

function identifierLike(windows: readonly ColumnWindow[]): RecognisedColumn | null {
  const seen = new Set<string>();
  let [named, repeated] = [0, 0];
  for (const { column } of windows) {
    if (column.kind !== 'categorical' || column.distinct < NEVER_REPEATS * present(column)) return null;
    const names = Object.keys(column.counts);
    named += names.length;
    repeated += names.filter((name) => seen.has(name)).length;
    for (const name of names) seen.add(name);
  }
  // Without names (personal columns) nothing can be said about repetition.
  if (named < FEWEST_ROWS || repeated > (1 - NEVER_REPEATS) * named) return null;
  return {
    as: 'identifier',
    why: `Hardly a value occurs twice: ${percent(1 - repeated / named)} of the named ones were new in their window.`,
  };
}

function sequenceLike(windows: readonly ColumnWindow[]): RecognisedColumn | null {
  const ranges = windows.map(({ column }) => range(column));
  const rising = ranges.filter((each, index) => isBeyond(each, ranges[index - 1])).length;
  const share = rising / (ranges.length - 1);
  if (share < MOVES_ON) return null;
  return {
    as: 'sequence',
    why: `It moves on with time: in ${percent(share)} of the windows all values lie beyond those of the window before.`,
  };
}

type Range = readonly [low: string | number, high: string | number] | null;

function range(column: ColumnProfile): Range {
  const values = [...valueCounts(column).keys()];
  const ordered = column.kind === 'numeric' ? values : values.map(String).sort();
  const [low, high] = [ordered[0], ordered.at(-1)];
  const whole = column.kind === 'numeric' || column.other === 0;
  return low === undefined || high === undefined || !whole ? null : [low, high];
}

function isBeyond(later: Range, earlier: Range | undefined): boolean {
  return later !== null && earlier !== null && earlier !== undefined && later[0] > earlier[1];
}

/** Rows by cell or name, cells ascending; rows without a name are left out. */
function valueCounts(column: ColumnProfile): ValueCounts {
  if (column.kind === 'numeric') return new Map(column.cells.map(([cell, rows]) => [cell, rows]));
  return new Map(Object.entries(column.counts));
}

function present(column: ColumnProfile): number {
  return column.rows - column.missing - (column.kind === 'numeric' ? column.nonFinite : 0);
}

function week(window: Window): number {
  return Math.floor(epochSeconds(window.start) / SECONDS_PER_WEEK);
}
