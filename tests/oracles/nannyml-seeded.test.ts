import { describe, expect, test } from 'vitest';
import { hellingerDistance } from '../../pipelines/core/statistics/distances/hellinger.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { wasserstein } from '../../pipelines/core/statistics/distances/wasserstein.ts';
import { type NannymlDistances, nannymlNumbers } from './peers/nannyml-rules.ts';
import { type LegacyRandom, numpyRandom } from './peers/numpy-legacy-random.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

interface Case {
  readonly method: string;
  readonly ref: string;
  readonly cur: string;
  readonly expected_2dp?: number;
  readonly expected_3dp?: number;
}

const METHODS: Readonly<Record<string, keyof NannymlDistances>> = {
  jensen_shannon: 'jensen_shannon',
  wasserstein: 'wasserstein',
  hellinger: 'hellinger',
};

/** Draws what an oracle writes as normal(mean, deviation, rows) or choice(linspace(low, high, points), rows) or choice([...], rows). */
function draw(random: LegacyRandom, written: string): Float64Array | string[] {
  const numbers = (written.match(/-?\d+/g) ?? []).map(Number);
  const rows = numbers.at(-1) ?? 0;
  if (written.startsWith('normal')) return random.normal(numbers[0] ?? 0, numbers[1] ?? 1, rows);
  const letters = written.match(/'(\w)'/g)?.map((quoted) => quoted.slice(1, -1));
  if (letters !== undefined) return random.choice(letters, rows);
  const [low = 0, high = 0, points = 0] = numbers;
  const values = Array.from({ length: points }, (_, index) => low + (index * (high - low)) / (points - 1));
  return Float64Array.from(random.choice(values, rows));
}

function figureOf({ method }: Case, reference: Float64Array | string[], current: Float64Array | string[]): number {
  const name = METHODS[method.split(' ')[0] ?? ''] ?? 'wasserstein';
  if (reference instanceof Float64Array && current instanceof Float64Array) return nannymlNumbers(reference)(current)[name];
  const values = [...new Set([...reference, ...current].map(String))];
  const count = (sample: Float64Array | string[]) =>
    values.map((value) => Array.from<unknown>(sample).filter((each) => each === value).length);
  return name === 'hellinger'
    ? hellingerDistance(count(reference), count(current))
    : jensenShannonDistance(count(reference), count(current));
}

describe.skipIf(!oraclesPresent())('distances that NannyML asserts of the numbers of a seed', () => {
  const KEY = 'seeded_numpy_legacy_RandomState(1)';
  const cases = oraclesPresent() ? readOracle<Record<typeof KEY, Case[]>>('unit/nannyml_univariate_unit.json')[KEY] : [];

  test('the first numbers are those of NumPy', () => {
    const normals = [...numpyRandom(1).normal(0, 1, 3)].map((value) => Number(value.toFixed(8)));

    // numpy 1.26.4: np.random.seed(1); np.random.normal(0, 1, 3) and np.random.choice(6, 10).
    expect(normals).toEqual([1.62434536, -0.61175641, -0.52817175]);
    expect(numpyRandom(1).choice([0, 1, 2, 3, 4, 5], 10)).toEqual([5, 3, 4, 0, 1, 3, 5, 0, 0, 1]);
  });

  test.each(cases)('$method of $ref and $cur', (given) => {
    const random = numpyRandom(1);

    const value = figureOf(given, draw(random, given.ref), draw(random, given.cur));

    const digits = given.expected_2dp === undefined ? 3 : 2;
    expect(Number(value.toFixed(digits))).toBe(given.expected_2dp ?? given.expected_3dp);
  });

  test('ours, exact, gives the same distances of Wasserstein', () => {
    const random = numpyRandom(1);
    const points = (values: Float64Array) => Array.from(values, (value) => ({ value, weight: 1 }));

    const value = wasserstein(points(random.normal(0, 1, 10_000)), points(random.normal(1, 1, 1000)));

    // scipy 1.13.1, wasserstein_distance on the same numbers.
    expect(Math.abs(value - 1.01144494302654)).toBeLessThan(1e-9);
  });
});
