/** Dates that are no ISO 8601: what they look like, and how they are turned into it. */
export interface ForeignTimes {
  /** What was seen, as the end of a sentence: `"05/03/2001" and the like: the day comes first (the first number goes up to 31)`. */
  readonly seen: string;
  /** What to do about it, in words. */
  readonly remedy: string;
}

const MOSTLY = 0.99;
const MONTHS = 12;
const DATE = /^(\d{1,2})([/. -])(\d{1,2}|[A-Za-z]{3,9})\2(\d{4}|\d{2})(?:([ T]|, )(\d{1,2}):(\d{2})(:\d{2})?(\.\d+)?( ?[AaPp][Mm])?)?$/;
const COMPACT = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(\d{4}(?:\d{2})?)?$/;

/**
 * Whether texts are dates of a foreign spelling (03/05/2001, 5.3.2001 14:30, 05-Mar-2001, 20010305), and which number is the day, by what the values themselves tell. null: 99 % of them are
 * not of one such spelling. `column`: its name, for the remedy. O(values).
 */
export function foreignTimes(column: string, texts: readonly string[]): ForeignTimes | null {
  const [sample] = texts;
  if (sample === undefined) return null;
  const compact = texts.filter((text) => COMPACT.test(text));
  if (compact.length >= MOSTLY * texts.length) {
    const digits = compact[0]?.length ?? 0;
    const format = `%Y%m%d${digits > 8 ? '%H%M' : ''}${digits > 12 ? '%S' : ''}`;
    return {
      seen: `${quoted(compact[0] ?? '')} and the like: year, month and day without a stroke between them`,
      remedy: conversion(column, format),
    };
  }
  const dates = texts.flatMap((text) => partsOf(text) ?? []);
  const [first] = dates;
  if (first === undefined || dates.length < MOSTLY * texts.length) return null;
  return described(column, first, { first: largest(dates, 'first'), second: largest(dates, 'second') });
}

interface DateParts {
  readonly text: string;
  readonly stroke: string;
  readonly first: number;
  /** NaN for a name. */
  readonly second: number;
  readonly month: string | null;
  readonly year: string;
  readonly clock: string;
}

function partsOf(text: string): DateParts | null {
  const [match, first = '', stroke = '', second = '', year = '', between, , , seconds, fraction, half] = DATE.exec(text) ?? [];
  if (match === undefined) return null;
  const time = `${half === undefined ? '%H' : '%I'}:%M${seconds === undefined ? '' : ':%S'}${fraction === undefined ? '' : '.%f'}`;
  const clock = between === undefined ? '' : `${between}${time}${half === undefined ? '' : half.replace(/[A-Za-z]+/, '%p')}`;
  const isName = /[A-Za-z]/.test(second);
  return {
    text,
    stroke,
    first: Number(first),
    second: isName ? Number.NaN : Number(second),
    month: isName ? (second.length === 3 ? '%b' : '%B') : null,
    year: year.length === 4 ? '%Y' : '%y',
    clock,
  };
}

function described(column: string, parts: DateParts, most: { readonly first: number; readonly second: number }): ForeignTimes {
  const { stroke, month, year, clock } = parts;
  const format = (one: string, other: string) => `${one}${stroke}${other}${stroke}${year}${clock}`;
  const like = `${quoted(parts.text)} and the like:`;
  if (month !== null) return { seen: `${like} the month is a name`, remedy: conversion(column, format('%d', month)) };
  const [dayFirst, monthFirst] = [format('%d', '%m'), format('%m', '%d')];
  if (most.first > MONTHS && most.second <= MONTHS)
    return { seen: `${like} the day comes first (the first number goes up to ${most.first})`, remedy: conversion(column, dayFirst) };
  if (most.second > MONTHS && most.first <= MONTHS)
    return { seen: `${like} the month comes first (the second number goes up to ${most.second})`, remedy: conversion(column, monthFirst) };
  if (most.first > MONTHS)
    return {
      seen: `${like} now the day comes first, now the month`,
      remedy: `ask who writes ${column}, and have it written as ISO 8601 in UTC (2001-03-05T14:30:00Z)`,
    };
  return {
    seen: `${like} no value tells whether the day or the month comes first (both numbers stay within 12)`,
    remedy: `ask who writes ${column} which it is, then ${conversion(column, dayFirst)} where the day comes first, '${monthFirst}' where the month does`,
  };
}

function conversion(column: string, format: string): string {
  return `write them as ISO 8601 in UTC (2001-03-05T14:30:00Z): strptime("${column}", '${format}') of DuckDB or pd.to_datetime(log["${column}"], format="${format}") of pandas reads them`;
}

function largest(dates: readonly DateParts[], part: 'first' | 'second'): number {
  return dates.reduce((most, date) => Math.max(most, date[part]), 0);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
