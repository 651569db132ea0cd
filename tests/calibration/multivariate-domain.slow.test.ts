import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../pipelines/core/statistics/distributions/normal-quantile.ts';
import { type SeededRandom, seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { domainClassifier } from '../../pipelines/core/statistics/multivariate/domain-classifier.ts';
import type { FeatureTable } from '../../pipelines/core/statistics/multivariate/feature-table.ts';
import { normals } from '../fakes/random-tables.ts';
import { expectInBand } from './binomial-band.ts';

type World = (rows: number, random: SeededRandom) => FeatureTable;

const codes = (rows: number, draw: () => number) => Int32Array.from({ length: rows }, draw);
const falling = (random: SeededRandom, classes: number) => Math.floor(classes * (random.below(1_000_000) / 1_000_000) ** 3);

const worlds: readonly (readonly [string, World, readonly [number, number], number])[] = [
  ['one binary feature', (rows, random) => ({ rows, numeric: [], categorical: [codes(rows, () => random.below(2))] }), [500, 500], 2000],
  [
    'three normal features',
    (rows, random) => ({ rows, numeric: [normals(rows, random), normals(rows, random), normals(rows, random)], categorical: [] }),
    [300, 300],
    1000,
  ],
  [
    'an id, 2,000 categories of falling share, a heavy tail',
    (rows, random) => ({
      rows,
      numeric: [normals(rows, random).map((x) => Math.exp(3 * x))],
      categorical: [codes(rows, () => random.uint32() >>> 2), codes(rows, () => falling(random, 2000))],
    }),
    [500, 300],
    1000,
  ],
  [
    'twelve features, ties and missing values, 1,000 against 200 rows',
    (rows, random) => ({
      rows,
      numeric: Array.from({ length: 8 }, (_, i) =>
        normals(rows, random).map((x) => (i % 2 === 0 ? Math.round(x) : random.below(10) === 0 ? Number.NaN : x)),
      ),
      categorical: Array.from({ length: 4 }, () => codes(rows, () => falling(random, 30))),
    }),
    [1000, 200],
    300,
  ],
];

describe('without drift, the p value of the domain classifier is as small as it says', () => {
  test.each(worlds)('%s', (what, world, [referenceRows, currentRows], looks) => {
    const random = seededRandom(looks + referenceRows);
    const hashed = (rows: number) => ({ table: world(rows, random), hashes: Uint32Array.from({ length: rows }, () => random.uint32()) });
    const pValues: number[] = [];
    let [deLong, area] = [0, 0];

    for (let look = 0; look < looks; look += 1) {
      const found = domainClassifier(hashed(referenceRows), hashed(currentRows));
      pValues.push(found?.pValue ?? Number.NaN);
      area += (found?.area ?? 0) / looks;
      const standardError = ((found?.interval.upper ?? 0) - (found?.area ?? 0)) / normalQuantile(0.975);
      if ((found?.area ?? 0) - 0.5 > normalQuantile(0.95) * standardError) deLong += 1;
    }

    const below = (level: number) => pValues.filter((p) => p <= level).length;
    console.log(
      `${what}: below .1/.05/.01 in ${[0.1, 0.05, 0.01].map((level) => (below(level) / looks).toFixed(3)).join('/')} of ${looks}; DeLong's below .05 in ${(deLong / looks).toFixed(3)}; mean area ${area.toFixed(4)}`,
    );
    for (const nominal of [0.1, 0.05, 0.01]) expectInBand({ alarms: below(nominal), looks, nominal, what });
    // Why DeLong's p value is not used: its rate is above the nominal one in every world.
    expect(deLong / looks).toBeGreaterThan(0.06);
    expect(Math.abs(area - 0.5)).toBeLessThan(0.005);
  });
});

test.each([
  ['.2 sd in one of five features', 0.2, 0.8, 0.35],
  ['a correlation of .8 that falls to .5, no feature by itself', 0, 0.5, 0.8],
] as const)('power with 1,000 against 1,000 rows: %s', (what, shift, correlation, least) => {
  const random = seededRandom(99);
  const repeats = 60;
  let found = 0;

  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const sample = (by: number, k: number) => {
      const [a, b, ...rest] = Array.from({ length: 5 }, () => normals(1000, random));
      const second = (a ?? new Float64Array(0)).map((x, row) => k * x + Math.sqrt(1 - k * k) * (b?.[row] ?? 0) + by);
      const table = { rows: 1000, numeric: [a ?? second, second, ...rest], categorical: [] };
      return { table, hashes: Uint32Array.from({ length: 1000 }, () => random.uint32()) };
    };
    if ((domainClassifier(sample(0, 0.8), sample(shift, correlation))?.pValue ?? 1) <= 0.05) found += 1;
  }

  console.log(`power at level .05, 1,000 against 1,000 rows: ${what}: ${(found / repeats).toFixed(2)}`);
  expect(found / repeats).toBeGreaterThan(least);
});
