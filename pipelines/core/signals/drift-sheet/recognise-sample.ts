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

/** Rows of both sides by day, and their seconds. */
interface Clock {
  readonly name: string;
  readonly seconds: Float64Array;
  readonly days: readonly (readonly [day: number, rows: readonly number[]])[];
}

function clockOf(name: string, tables: readonly ComparedTable[]): Clock {
  const seconds = joined(tables.map(({ columns }) => columns[name]));
  const days = new Map<number, number[]>();
  for (const [row, second] of seconds.entries()) {
    if (!Number.isFinite(second)) continue;
    const day = Math.floor(second / DAY);
    const rows = days.get(day) ?? [];
    rows.push(row);
    days.set(day, rows);
  }
  return { name, seconds, days: [...days].sort(([a], [b]) => a - b) };
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
  const profileOf = profiler(sides);
  if (profileOf === null) return null;
  if (sides.every(({ kind }) => kind === 'numeric')) {
    const part = calendarPart({ seconds: clock.seconds, values: joined(sides) });
    if (part !== null) return `follows the calendar: the ${part} of ${clock.name} determines it`;
  }
  const windows = clock.days.map(([day, rows]) => ({
    window: { start: instantFromEpoch(day * DAY), end: instantFromEpoch((day + 1) * DAY) },
    column: profileOf(rows),
  }));
  const recognised = recogniseColumn(windows);
  if (recognised === null) return null;
  const what = { calendar: 'follows the calendar', identifier: 'an identifier', sequence: 'moves on with time' }[recognised.as];
  return `${what}: ${recognised.why.charAt(0).toLowerCase()}${recognised.why.slice(1).replace(/\.$/, '')}`;
}

/** Makes the profile of some rows of both sides; null for columns that are no numbers and no categories. */
function profiler(sides: readonly [ComparedColumn, ComparedColumn]): ((rows: readonly number[]) => ColumnProfile) | null {
  const [before, now] = sides;
  if (before.kind === 'numeric' && now.kind === 'numeric') {
    const values = joined(sides);
    const grid = gridOf(values);
    return (rows) =>
      numericProfile(
        Float64Array.from(rows, (row) => values[row] ?? Number.NaN),
        grid,
      );
  }
  if (before.kind !== 'categorical' || now.kind !== 'categorical') return null;
  const values = [...before.values, ...now.values];
  return (rows) => {
    const counts: Record<string, number> = {};
    let missing = 0;
    for (const row of rows) {
      const value = values[row] ?? null;
      if (value === null) missing += 1;
      else counts[value] = (counts[value] ?? 0) + 1;
    }
    return { kind: 'categorical', rows: rows.length, missing, counts, other: 0, distinct: Object.keys(counts).length };
  };
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
