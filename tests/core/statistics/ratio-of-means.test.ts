import { expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { ratioOfMeans } from '../../../pipelines/core/statistics/intervals/ratio-of-means.ts';

const sumsOf = (sums: readonly number[], rows: readonly number[]) => ({ sums: Float64Array.from(sums), rows: Float64Array.from(rows) });

test('two means on the same bad and good days are told apart, whatever the days are like', () => {
  const rows = [10, 10, 10, 10, 10];
  const calm = ratioOfMeans(sumsOf([20, 21, 19, 20, 20], rows), sumsOf([40, 41, 39, 40, 40], rows));
  const wild = ratioOfMeans(sumsOf([2, 40, 10, 30, 18], rows), sumsOf([4, 80, 20, 60, 36], rows));

  expect(calm.ratio).toBeCloseTo(0.5, 12);
  expect(wild.ratio).toBeCloseTo(0.5, 12);
  expect(calm.interval?.upper).toBeLessThan(0.55);
  // Every day has the same ratio: there is no error to tell.
  expect(wild.interval).toBeNull();
});

test('a mean of zero has no interval, a ratio to one has no value', () => {
  const [none, some] = [sumsOf([0, 0, 0], [5, 5, 5]), sumsOf([3, 4, 5], [5, 5, 5])];

  expect(ratioOfMeans(none, some)).toEqual({ ratio: 0, interval: null });
  expect(ratioOfMeans(some, none)).toEqual({ ratio: null, interval: null });
  expect(ratioOfMeans(sumsOf([3], [5]), sumsOf([4], [5])).interval).toBeNull();
});

test('its 95 % interval holds the ratio of two skewed groups that share bad days in 93 to 97 of 100 streams', () => {
  const random = seededRandom(7);
  const unit = () => (random.uint32() + 0.5) / 2 ** 32;
  let held = 0;
  for (let stream = 0; stream < 800; stream += 1) {
    const storms = Array.from({ length: 14 }, () => 1 - Math.log(unit()));
    const group = (mean: number, count: number) => {
      const rows = storms.map(() => count + Math.floor(10 * unit()));
      return sumsOf(
        storms.map((storm, day) =>
          Array.from({ length: rows[day] ?? 0 }, () => -mean * storm * Math.log(unit())).reduce((a, b) => a + b, 0),
        ),
        rows,
      );
    };
    const { interval } = ratioOfMeans(group(2, 20), group(3, 30));
    held += Number((interval?.lower ?? 1) <= 2 / 3 && (interval?.upper ?? 0) >= 2 / 3);
  }

  expect(held / 800).toBeGreaterThan(0.93);
  expect(held / 800).toBeLessThan(0.97);
});
