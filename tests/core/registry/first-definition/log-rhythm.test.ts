import { describe, expect, test } from 'vitest';
import { chooseRanges } from '../../../../pipelines/core/registry/first-definition/choose-ranges.ts';
import { logRhythm } from '../../../../pipelines/core/registry/first-definition/log-rhythm.ts';
import { phraseLength, roundDown } from '../../../../pipelines/core/registry/first-definition/round-figures.ts';
import { durationOf } from '../../../../pipelines/core/schema/duration.ts';

const DAY = 86_400;
const START = 11_323 * DAY;

/** So many rows a day, evenly, over so many days. */
function evenly(perDay: number, days: number, rarerShare: number | null = null, weight = 1) {
  const seconds = Float64Array.from({ length: Math.round(perDay * days) }, (_, row) => START + Math.floor((row * DAY) / perDay));
  return { seconds, weight, rarerShare };
}

describe('logRhythm', () => {
  test.each([
    ['a dense log by the day', evenly(900, 365), DAY],
    ['48 rows a day by the week', evenly(48, 944), 7 * DAY],
    ['a row a day by the half year where that makes a hundred windows', evenly(1, 18_000), 182 * DAY],
    ['a short log by fewer rows', evenly(1, 5700), 56 * DAY],
    ['a log of a week by the hour or more', evenly(5000, 7), 3600],
    ['longer where one class is rare', evenly(900, 365, 0.002), 7 * DAY],
    ['as dense as the file, not as the sample', evenly(90, 365, null, 10), DAY],
  ])('takes %s', (_what, rows, expected) => {
    const rhythm = logRhythm(rows, null);

    expect(rhythm.windowSeconds).toBe(expected);
    expect(rhythm.usualRows).toBeGreaterThanOrEqual(0.8 * rhythm.wantedRows);
  });

  test('counts windows from 1970 on, as the watcher does, and gaps as no windows', () => {
    const { seconds } = evenly(300, 40);
    const gap = seconds.filter((second) => second < START + 10 * DAY || second >= START + 30 * DAY);

    const rhythm = logRhythm({ seconds: gap, weight: 1, rarerShare: null }, 7 * DAY);

    expect(rhythm.start % (7 * DAY)).toBe(0);
    expect(rhythm.rowsByWindow.reduce((sum, rows) => sum + rows, 0)).toBe(gap.length);
    expect(rhythm.rowsByWindow).toContain(0);
    expect(rhythm.fewRows).toBeGreaterThan(0);
  });
});

describe('chooseRanges', () => {
  test('trains on a fifth of a log, and judges on four weeks of weeks or two weeks of days', () => {
    const weeks = chooseRanges(logRhythm(evenly(48, 944), null), START);
    const days = chooseRanges(logRhythm(evenly(900, 365), null), START);

    expect(weeks).toMatchObject({ recentWindows: 27, heldOutWindows: 4, heldOutRows: 1344 });
    expect(days).toMatchObject({ recentWindows: 73, heldOutWindows: 14 });
  });

  test('stops at a year where a year is rich, and goes on until the oldest rows hold two classes', () => {
    const rhythm = logRhythm(evenly(50, 7300), null);

    expect(chooseRanges(rhythm, START).recentWindows).toBe(52);
    expect(chooseRanges(rhythm, START + 100 * 7 * DAY).recentWindows).toBe(101);
  });

  test('leaves windows to replay', () => {
    const rhythm = logRhythm(evenly(300, 16), null);

    const { recentWindows, heldOutWindows } = chooseRanges(rhythm, START + 16 * DAY);

    expect(rhythm.rowsByWindow.length - recentWindows - heldOutWindows).toBeGreaterThanOrEqual(4);
  });
});

test('figures are round and lengths are said in words', () => {
  expect([0.0123, 7, 54, 941, 1000].map(roundDown)).toEqual([0.01, 6, 50, 800, 1000]);
  expect([3600, 86_400, 14 * DAY].map(durationOf)).toEqual(['PT1H', 'P1D', 'P14D']);
  expect([3600, DAY, 14 * DAY, 10 * DAY].map(phraseLength)).toEqual(['1 hour', '1 day', '2 weeks', '10 days']);
});
