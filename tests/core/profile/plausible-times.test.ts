import { expect, test } from 'vitest';
import { plausibleTimes, type TimeBlock } from '../../../pipelines/core/profile/plausible-times.ts';

const MONTH = 30 * 86_400;
const YEAR = 365 * 86_400;
const START = 1_577_836_800; // 2020-01-01

function months(start: number, count: number, rows = 100): TimeBlock[] {
  return Array.from({ length: count }, (_, index) => ({ first: start + index * MONTH, last: start + (index + 1) * MONTH - 1, rows }));
}

const one = (at: number, rows = 1): TimeBlock => ({ first: at, last: at + rows - 1, rows });

test.each<[string, TimeBlock[], [number, number] | null]>([
  ['no row', [], null],
  ['a log of three years', months(START, 36), null],
  ['one row of 1970', [one(7), ...months(START, 12)], [START, Number.POSITIVE_INFINITY]],
  ['a fifth of the rows of 1970', [one(0, 300), ...months(START, 12)], [START, Number.POSITIVE_INFINITY]],
  ['one row of 2000, from a board without a battery', [one(946_684_800), ...months(START, 12)], [START, Number.POSITIVE_INFINITY]],
  ['the zero of spreadsheets', [one(-2_209_161_600), ...months(START, 12)], [START, Number.POSITIVE_INFINITY]],
  ['one row of 2012', [one(START - 8 * YEAR), ...months(START, 12)], [START, Number.POSITIVE_INFINITY]],
  ['one row of 2099', [...months(START, 12), one(START + 79 * YEAR)], [Number.NEGATIVE_INFINITY, START + 12 * MONTH]],
  ['both', [one(7), ...months(START, 12), one(START + 79 * YEAR)], [START, START + 12 * MONTH]],
])('%s', (_, blocks, expected) => {
  const times = plausibleTimes(blocks);

  expect(times === null ? null : [times.from, times.until]).toEqual(expected);
});

test.each<[string, TimeBlock[]]>([
  ['a log that began in 1949', months(-662_688_000, 600, 30)],
  ['a log that began in January 1970 and has no gap', months(0, 300)],
  ['an earlier half, some years before', [...months(START - 6 * YEAR, 6), ...months(START, 6)]],
  ['a pilot of the year before', [one(START - 1.2 * YEAR, 10), ...months(START, 24)]],
  ['a log that rested for three years and goes on', [...months(START, 12), one(START + 4 * YEAR)]],
  ['a row a year', Array.from({ length: 120 }, (_, year) => one(START - (120 - year) * 366 * 86_400))],
  ['two rows, of which nobody knows the wrong one', [one(7), one(START)]],
  ['as many rows of 1970 as others', [one(0, 1200), ...months(START, 12)]],
])('%s is believed', (_, blocks) => {
  expect(plausibleTimes(blocks)).toBeNull();
});
