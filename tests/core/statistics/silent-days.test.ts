import { expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { type CountedDay, dayRhythm, silentDaysChance } from '../../../pipelines/core/statistics/hypotheses/silent-days.ts';

const WEEK = [0, 1, 2, 3, 4, 5, 6];

function daysOf(rows: readonly number[]): CountedDay[] {
  return rows.map((count, day) => ({ place: day % 7, rows: count }));
}

test('the chance of empty days is the binomial tail of the zero term of a negative binomial', () => {
  const rhythm = { means: WEEK.map(() => 3), spread: 0.25, due: 28, empty: 0, emptyAgain: 0 };

  // scipy 1.17.1: nbinom.pmf(0, 4, 1 / 1.75) = 0.10662224073302787, binom.sf(2, 7, that)
  expect(silentDaysChance(rhythm, { places: WEEK, rows: 21, silent: 1 })).toBeCloseTo(1 - (1 - 0.10662224073302787) ** 7, 12);
  expect(silentDaysChance(rhythm, { places: WEEK, rows: 21, silent: 3 })).toBeCloseTo(0.030489707575452656, 12);
  expect(silentDaysChance(rhythm, { places: WEEK, rows: 21, silent: 0 })).toBeCloseTo(1, 12);
});

test('days that never hold rows are not expected, and days like others tell the spread where each place was seen once', () => {
  const once = dayRhythm(daysOf([100, 130, 70, 110, 90, 100, 0]));

  expect(once).toMatchObject({ due: 6, empty: 0 });
  expect(once.spread).toBeCloseTo((6 / 5) * (2000 / 6 / 100 ** 2) - 0.01, 12);
  expect(silentDaysChance(once, { places: [6], rows: 100, silent: 1 })).toBe(0);
  expect(silentDaysChance(once, { places: [0, 6], rows: 100, silent: 1 })).toBeLessThan(1e-12);
});

test('days that were empty before may be so again, most of all one after another', () => {
  const single = dayRhythm(daysOf(Array.from({ length: 28 }, (_, day) => (day % 9 === 4 ? 0 : 50))));
  const runs = dayRhythm(daysOf(Array.from({ length: 28 }, (_, day) => (day >= 10 && day < 13 ? 0 : 50))));
  const chance = (rhythm: typeof single) => silentDaysChance(rhythm, { places: WEEK, rows: 200, silent: 3 });

  expect([single.empty, single.emptyAgain, runs.empty, runs.emptyAgain]).toEqual([3, 0, 3, 2]);
  expect(chance(single)).toBeLessThan(chance(runs));
  expect(chance(runs)).toBeGreaterThan(0.05);
});

test.each([
  ['2 rows a day', 0, 2],
  ['4 rows a day at a rate that wanders', 0.5, 4],
  ['half a row a day', 0, 0.5],
])('%s: chance alone gives no more alarms than its level', (_, spread, rate) => {
  const random = seededRandom(7);
  const uniform = () => (random.uint32() + 0.5) / 2 ** 32;
  const count = () => poisson(rate * (spread === 0 ? 1 : 1 + Math.sqrt(3 * spread) * (2 * uniform() - 1)), uniform);
  let below = 0;

  for (let stream = 0; stream < 400; stream += 1) {
    const rhythm = dayRhythm(daysOf(Array.from({ length: 28 }, count)));
    for (let window = 0; window < 5; window += 1) {
      const rows = WEEK.map(count);
      const [silent, all] = [rows.filter((each, day) => each === 0 && (rhythm.means[day] ?? 0) > 0).length, rows.reduce((a, b) => a + b)];
      if (all > 0 && silent > 0 && silentDaysChance(rhythm, { places: WEEK, rows: all, silent }) <= 0.01) below += 1;
    }
  }

  // 2,000 looks at level .01: 99.9 % of binomial counts are at most 35.
  expect(below).toBeLessThanOrEqual(35);
});

function poisson(mean: number, uniform: () => number): number {
  let [count, left] = [0, uniform()];
  while (left > Math.exp(-mean)) {
    count += 1;
    left *= uniform();
  }
  return count;
}
