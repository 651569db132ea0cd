import { gridFromQuantiles } from '../../profile/learn-grid.ts';
import { numericProfile } from '../../profile/numeric-profile.ts';
import { instantFromEpoch } from '../../schema/instant.ts';
import type { ColumnProfile, Grid } from '../../schema/window-profile.ts';
import { linearQuantile } from '../../statistics/distances/linear-quantile.ts';
import { calendarPart } from '../calendar-part.ts';
import { recogniseColumn } from '../recognise-column.ts';
import type { ComparedColumn, ComparedTable } from './compared-table.ts';
import { identifierNote } from './recognise-identifier.ts';

const DAY = 86_400;
/** Enough to tell what the calendar determines. */
const ROWS = 12_000;

/**
 * Columns of two files whose drift says nothing about the world, by name, each with why: times, values that hardly repeat, counters, and, where both files have a
 * column of times, what follows the calendar (see `calendarPart` and `recogniseColumn`, over days). O(columns · rows · log(rows)).
 */
export function recogniseSample(reference: ComparedTable, current: ComparedTable): Readonly<Record<string, string>> {
  const names = Object.keys(reference.columns).filter((name) => name in current.columns);
  const clock = names.find((name) => reference.columns[name]?.kind === 'time' && current.columns[name]?.kind === 'time');
  const days = clock === undefined ? null : clockOf(clock, [reference, current]);
  const found = names.flatMap((name) => {
    const sides = [reference.columns[name], current.columns[name]];
    const [before, now] = sides;
    if (before === undefined || now === undefined) return [];
    const note = noteOn(name, [before, now]) ?? (days === null ? null : calendarNote([before, now], days));
    return note === null ? [] : [[name, note] as const];
  });
  return Object.fromEntries(found);
}

function noteOn(name: string, sides: readonly [ComparedColumn, ComparedColumn]): string | null {
  if (sides.every(({ kind }) => kind === 'time')) return 'a time: it moves on by itself';
  return identifierNote(name, sides);
}

/** Some rows of both sides: their places, their seconds, and the places among them by day. */
interface Clock {
  readonly name: string;
  readonly rows: Uint32Array;
  readonly seconds: Float64Array;
  readonly days: readonly (readonly [day: number, places: readonly number[]])[];
}

function clockOf(name: string, tables: readonly ComparedTable[]): Clock {
  const all = joined(tables.map(({ columns }) => columns[name]));
  const rows = spread(all.length);
  const seconds = Float64Array.from(rows, (row) => all[row] ?? Number.NaN);
  const days = new Map<number, number[]>();
  for (const [place, second] of seconds.entries()) {
    if (!Number.isFinite(second)) continue;
    const day = Math.floor(second / DAY);
    const places = days.get(day) ?? [];
    places.push(place);
    days.set(day, places);
  }
  return { name, rows, seconds, days: [...days].sort(([a], [b]) => a - b) };
}

/** About `ROWS` rows of so many, spread by the golden ratio, which falls into step with no hour and no weekday. */
function spread(size: number): Uint32Array {
  const all = Uint32Array.from({ length: size }, (_, row) => row);
  return size <= ROWS ? all : all.filter((row) => Math.imul(row, 0x9e3779b1) >>> 0 < (ROWS / size) * 2 ** 32);
}

function joined(columns: readonly (ComparedColumn | undefined)[]): Float64Array {
  const parts = columns.map((column) => (column?.kind === 'numeric' || column?.kind === 'time' ? column.values : new Float64Array(0)));
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

function calendarNote(sides: readonly [ComparedColumn, ComparedColumn], clock: Clock): string | null {
  const profileOf = profiler(sides, clock.rows);
  if (profileOf === null) return null;
  if (sides.every(({ kind }) => kind === 'numeric')) {
    const part = calendarPart({ seconds: clock.seconds, values: taken(joined(sides), clock.rows) });
    if (part !== null) return `follows the calendar: the ${part} of ${clock.name} determines it`;
  }
  const windows = clock.days.map(([day, places]) => ({
    window: { start: instantFromEpoch(day * DAY), end: instantFromEpoch((day + 1) * DAY) },
    column: profileOf(places),
  }));
  const recognised = recogniseColumn(windows);
  if (recognised === null) return null;
  const what = { calendar: 'follows the calendar', identifier: 'an identifier', sequence: 'moves on with time' }[recognised.as];
  return `${what}: ${recognised.why.charAt(0).toLowerCase()}${recognised.why.slice(1).replace(/\.$/, '')}`;
}

/** Makes the profile of some places of the rows; null for columns that are no numbers and no categories. */
function profiler(
  sides: readonly [ComparedColumn, ComparedColumn],
  rows: Uint32Array,
): ((places: readonly number[]) => ColumnProfile) | null {
  const [before, now] = sides;
  if (before.kind === 'numeric' && now.kind === 'numeric') {
    const values = taken(joined(sides), rows);
    const grid = gridOf(values);
    return (places) =>
      numericProfile(
        Float64Array.from(places, (place) => values[place] ?? Number.NaN),
        grid,
      );
  }
  if (before.kind !== 'categorical' || now.kind !== 'categorical') return null;
  const valueAt = (row: number) => (row < before.values.length ? before.values[row] : now.values[row - before.values.length]) ?? null;
  const values = Array.from(rows, valueAt);
  return (places) => {
    const counts = new Map<string, number>();
    for (const place of places) {
      const value = values[place] ?? null;
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const filled = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const profile = { rows: places.length, missing: places.length - filled, other: 0, distinct: counts.size };
    return { kind: 'categorical', ...profile, counts: Object.fromEntries(counts) };
  };
}

function taken(values: Float64Array, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
}

function gridOf(values: Float64Array): Grid {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return gridFromQuantiles(null);
  const at = (share: number) => linearQuantile(sorted, share);
  return gridFromQuantiles({
    q001: at(0.001),
    q999: at(0.999),
    minimum: at(0),
    maximum: at(1),
    median: at(0.5),
    integerValued: sorted.every(Number.isInteger),
  });
}
