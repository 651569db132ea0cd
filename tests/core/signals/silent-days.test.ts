import { describe, expect, test } from 'vitest';
import { mergeProfiles } from '../../../pipelines/core/profile/merge-profiles.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { day, signal } from '../../fakes/one-signal.ts';
import { definitionWith, MONDAY, ordinaryReference } from '../../fakes/watched-world.ts';

const DAY = 86_400;
const WEEKLY = { monitoring: { window: 'P7D' } };
const week = { start: MONDAY, end: addSeconds(MONDAY, 7 * DAY) };

/** Rows by day from an instant on; 0 is no entry. */
function daysFrom(start: string, rows: readonly number[]): Record<string, number> {
  return Object.fromEntries(
    rows.map((count, index) => [addSeconds(start, index * DAY).slice(0, 10), count]).filter(([, count]) => count !== 0),
  );
}

/** A week after four weeks of such rows by day, or after days one by one. */
function judged(rows: readonly number[], usual: readonly number[]) {
  const before = usual.length > 7 ? usual : Array.from({ length: 4 }, () => usual).flat();
  const range = { start: addSeconds(MONDAY, -before.length * DAY), end: MONDAY };
  const plain = ordinaryReference(definitionWith(WEEKLY));
  const reference = { ...plain, range, profile: { ...plain.profile, days: daysFrom(range.start, before) } };
  const profile = { ...day, window: week, rows: rows.reduce((sum, count) => sum + count, 0), days: daysFrom(MONDAY, rows) };
  return signal('volume/days', { profile, reference, definition: WEEKLY });
}

describe('days without rows in windows of several days', () => {
  test('three of seven days off: alert, with the days named, though four days hold as many rows as seven do', () => {
    expect(judged([250, 250, 0, 0, 0, 250, 250], [140, 150, 145, 139, 141, 150, 135])).toMatchObject({
      status: 'alert',
      value: expect.closeTo(425 / 1000, 12),
      why: expect.stringMatching(
        /^No row on 3 of 7 days that usually have some: 2001-01-17 to 2001-01-19\. They usually hold 42\.5 % of the rows \(.*in the reference 0 of 28 such days had none\)\.$/,
      ),
    });
  });

  test('two gaps are named apart, and a day without rows is one in a text', () => {
    expect(judged([250, 0, 250, 0, 250, 250, 250], [140, 150, 145, 139, 141, 150, 135])?.why).toContain('2001-01-16, 2001-01-18.');
  });

  test('no rows on Sundays, as ever: in order', () => {
    expect(judged([100, 100, 100, 100, 100, 100, 0], [110, 90, 100, 105, 95, 100, 0])).toMatchObject({
      status: 'ok',
      value: 0,
      why: 'Every day that usually has rows has some.',
    });
  });

  test('a rare log misses days by chance, and is told off only for a week of which nearly nothing is left', () => {
    expect(judged([2, 0, 3, 1, 0, 4, 0], [2, 1, 4, 2, 1, 3, 2])?.status).toBe('ok');
    expect(judged([14, 0, 0, 0, 0, 0, 0], [2, 1, 4, 2, 1, 3, 2])?.status).toBe('alert');
  });

  test('a reference that was off for days itself does not call the next such days a fault', () => {
    const off = Array.from({ length: 28 }, (_, index) => (index >= 10 && index < 13 ? 0 : 100));

    expect(judged([100, 0, 0, 0, 100, 100, 100], off)?.status).toBe('ok');
  });

  test('a gap below what is tolerated is a warning', () => {
    const definition = { monitoring: { window: 'P28D', volume: { toleratedGap: 0.1 } } };
    const range = { start: addSeconds(MONDAY, -56 * DAY), end: MONDAY };
    const plain = ordinaryReference(definitionWith(definition));
    const reference = { ...plain, range, profile: { ...plain.profile, days: daysFrom(range.start, new Array<number>(56).fill(100)) } };
    const rows = Array.from({ length: 28 }, (_, index) => (index === 9 || index === 10 ? 0 : 100));
    const profile = { ...day, window: { start: MONDAY, end: addSeconds(MONDAY, 28 * DAY) }, rows: 2600, days: daysFrom(MONDAY, rows) };

    expect(signal('volume/days', { profile, reference, definition })).toMatchObject({
      status: 'warning',
      value: expect.closeTo(2 / 28, 12),
    });
  });

  test('days that nobody counted: insufficient; windows of a day: nothing is said', () => {
    expect(signal('volume/days', { profile: { ...day, window: week }, definition: WEEKLY })?.status).toBe('insufficient-data');
    expect(signal('volume/days', {})).toBeUndefined();
  });
});

test('days add up, and are not known of both where one side did not count them', () => {
  const one = { ...day, window: week, days: daysFrom(MONDAY, [5, 0, 7]) };
  const other = { ...day, window: week, days: daysFrom(addSeconds(MONDAY, -DAY), [3, 1]) };

  expect(Object.entries(mergeProfiles(one, other).days ?? {})).toEqual([
    ['2001-01-14', 3],
    ['2001-01-15', 6],
    ['2001-01-17', 7],
  ]);
  expect(mergeProfiles(one, day)).not.toHaveProperty('days');
});
