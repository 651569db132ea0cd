import type { LogFile, Problem } from './log-file.ts';
import { relationOf } from './log-file.ts';
import { quoteTime } from './quote.ts';

/** A half-open range of event time in seconds since the epoch. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** Some neighbouring rows of the prediction log that passed the check: ids are present and unique within a day. */
export interface Batch {
  /** Subquery in the names that queries use. */
  readonly relation: string;
  /** Event time of the oldest and newest row that the relation may hold. */
  readonly first: number;
  readonly last: number;
  /** At least as many rows as the relation holds. */
  readonly rows: number;
  readonly integers: LogFile['integers'];
  readonly complete: LogFile['complete'];
  readonly constants: LogFile['constants'];
  /** Rows that did not pass. */
  readonly problems: readonly Problem[];
}

const DAY = 86_400;

/** The UTC days that a range touches: what is judged by day, such as double ids, must see whole days. */
export function wholeDays(range: TimeRange): TimeRange {
  return { start: Math.floor(range.start / DAY) * DAY, end: Math.ceil(range.end / DAY) * DAY };
}

/** Groups files so that no day is spread over two groups; groups are filled up to a number of rows. Ordered by time. */
export function groupByDay(files: readonly LogFile[], rowsPerGroup: number): readonly (readonly LogFile[])[] {
  const ordered = [...files].sort((a, b) => a.first - b.first || (a.path < b.path ? -1 : 1));
  const groups: LogFile[][] = [];
  let rows = 0;
  let lastDay = Number.NEGATIVE_INFINITY;
  for (const file of ordered) {
    const current = groups.at(-1);
    const joined = current !== undefined && (Math.floor(file.first / DAY) <= lastDay || rows + file.rows <= rowsPerGroup);
    if (joined) current.push(file);
    else groups.push([file]);
    rows = joined ? rows + file.rows : file.rows;
    lastDay = Math.max(lastDay, Math.floor(file.last / DAY));
  }
  return groups;
}

/** The condition that keeps a relation's rows inside a range; empty where the relation holds no others. */
export function timeCondition(held: { readonly first: number; readonly last: number }, range: TimeRange): string {
  const conditions = [
    ...(held.first < range.start ? [`ts >= ${quoteTime(range.start)}`] : []),
    ...(held.last >= range.end ? [`ts < ${quoteTime(range.end)}`] : []),
  ];
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}

/** What is common to the integer columns of several files: only columns that are whole numbers in each. */
export function commonIntegers(files: readonly LogFile[]): LogFile['integers'] {
  const [first, ...rest] = files;
  if (first === undefined) return {};
  const entries = Object.entries(first.integers).flatMap(([name, range]) => {
    const ranges = [range, ...rest.map((file) => file.integers[name])];
    if (ranges.includes(undefined)) return [];
    const known = ranges.filter((other) => other !== undefined);
    return [[name, [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))] as const] as const];
  });
  return Object.fromEntries(entries);
}

/** Rows of files, as they are. */
export function batchOf(files: readonly LogFile[]): Batch {
  return {
    relation: relationOf(files),
    first: Math.min(...files.map((file) => file.first)),
    last: Math.max(...files.map((file) => file.last)),
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    integers: commonIntegers(files),
    complete: (files[0]?.complete ?? []).filter((column) => files.every((file) => file.complete.includes(column))),
    constants: Object.fromEntries(
      Object.entries(files[0]?.constants ?? {}).filter(([column, value]) => files.every((file) => file.constants[column] === value)),
    ),
    problems: [],
  };
}
