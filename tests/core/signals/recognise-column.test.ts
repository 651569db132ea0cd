import { describe, expect, test } from 'vitest';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { ColumnProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { calendarPart } from '../../../pipelines/core/signals/calendar-part.ts';
import { type ColumnWindow, recogniseColumn } from '../../../pipelines/core/signals/recognise-column.ts';
import { categoricalProfile, gridOn, MONDAY, uniform } from '../../fakes/watched-world.ts';

const DAY = 86_400;
const ROWS = 300;
const GRID = gridOn('any', 0, 256);

/** Windows of a length, each filled by a function of its place and a generator. */
function windowsOf(count: number, fill: (index: number, next: () => number) => ColumnProfile, seconds = DAY): ColumnWindow[] {
  return Array.from({ length: count }, (_, index) => ({
    window: { start: addSeconds(MONDAY, index * seconds), end: addSeconds(MONDAY, (index + 1) * seconds) },
    column: fill(index, uniform(index + 1)),
  }));
}

const numbers = (of: (next: () => number) => number, next: () => number) =>
  numericProfile(
    Float64Array.from({ length: ROWS }, () => of(next)),
    GRID,
  );
const names = (of: (row: number, next: () => number) => string, next: () => number) =>
  categoricalProfile(Array.from({ length: ROWS }, (_, row) => of(row, next)));

describe('columns that are recognised', () => {
  test.each([
    ['a weekday in days', windowsOf(28, (day, next) => numbers(() => day % 7, next)), 'calendar'],
    ['a weekday by name', windowsOf(28, (day, next) => names(() => `day ${day % 7}`, next)), 'calendar'],
    [
      'working days with two holidays',
      windowsOf(28, (day, next) => numbers(() => (day % 7 < 5 && day !== 2 && day !== 10 ? 1 : 0), next)),
      'calendar',
    ],
    ['an hour in windows of an hour', windowsOf(24 * 14, (hour, next) => numbers(() => hour % 24, next), 3600), 'calendar'],
    [
      'a month in two years of weeks',
      windowsOf(104, (week, next) => numbers(() => Math.floor((week % 52.18) / 4.35), next), 7 * DAY),
      'calendar',
    ],
    ['a date', windowsOf(20, (day, next) => names(() => `2024-01-${String(day + 10)}`, next)), 'sequence'],
    ['a counter', windowsOf(20, (day, next) => numbers((draw) => day * 10 + Math.floor(draw() * 10), next)), 'sequence'],
    ['an id', windowsOf(20, (day, next) => names((row) => `order-${day}-${row}-${next()}`, next)), 'identifier'],
  ] as const)('%s', (_, windows, as) => {
    const found = recogniseColumn(windows);

    expect(found?.as).toBe(as);
    expect(found?.why).toMatch(/^[A-Z].* %.*\.$/);
  });
});

describe('columns that are left alone', () => {
  test.each([
    ['a measurement', windowsOf(28, (_, next) => numbers((draw) => draw() * 200, next))],
    ['a constant', windowsOf(28, (_, next) => numbers(() => 1, next))],
    [
      'postcodes, of which hardly two are alike in a window',
      windowsOf(28, (_, next) => names((_row, draw) => `0${Math.floor(draw() * 40_000)}`, next)),
    ],
    ['a version that came and stayed', windowsOf(28, (day, next) => names(() => (day < 14 ? 'v1' : 'v2'), next))],
    ['a number with a weekly swing', windowsOf(28, (day, next) => numbers((draw) => draw() * 100 + (day % 7 < 5 ? 0 : 60), next))],
    ['a temperature that rises all year', windowsOf(28, (day, next) => numbers((draw) => day * 3 + draw() * 40, next))],
    ['a weekday that was seen once', windowsOf(7, (day, next) => numbers(() => (day % 7 > 3 ? 1 : 0), next))],
    ['a column of four windows', windowsOf(4, (day, next) => names((row) => `order-${day}-${row}`, next))],
    ['an hour in windows of a day', windowsOf(28, (_, next) => numbers((draw) => Math.floor(draw() * 24), next))],
  ] as const)('%s', (_, windows) => {
    expect(recogniseColumn(windows)).toBeNull();
  });
});

describe('calendarPart', () => {
  const next = uniform(4);
  const seconds = Float64Array.from({ length: 3000 }, () => 980_000_000 + Math.floor(next() * 60 * DAY));

  test.each([
    ['hour of the day', (second: number) => (Math.floor(second / 3600) + 5) % 24],
    ['weekday', (second: number) => (Math.floor(second / DAY) % 7) + 1],
    [null, () => Math.floor(next() * 24)],
    [null, () => 1],
    [null, (second: number) => (Math.floor(second / 3600) % 24) + 100 * next()],
  ] as const)('%s', (part, of) => {
    expect(calendarPart({ seconds, values: seconds.map(of) })).toBe(part);
  });

  test('needs rows', () => {
    const few = seconds.slice(0, 100);

    expect(calendarPart({ seconds: few, values: few.map((second) => Math.floor(second / 3600) % 24) })).toBeNull();
  });
});
