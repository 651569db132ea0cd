import { describe, expect, test } from 'vitest';
import { learnBinning } from '../../pipelines/core/profile/binning.ts';
import type { CategoricalColumnProfile, WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import { measureDrift } from '../../pipelines/core/signals/drift-measure.ts';
import { driftSignals } from '../../pipelines/core/signals/drift-signals.ts';
import { chanceDivergence, jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { populationStabilityIndex } from '../../pipelines/core/statistics/distances/population-stability-index.ts';
import { definitionWith, ordinaryDay, ordinaryReference, uniform, weekUpTo } from '../fakes/watched-world.ts';
import { expectInBand } from './binomial-band.ts';
import { drawCounts } from './draw-counts.ts';

const REPEATS = 2000;

function sample(shares: readonly number[], rows: number, next: () => number): CategoricalColumnProfile {
  const counts = drawCounts(shares, rows, next).flatMap((count, index) => (count > 0 ? [[`c${index}`, count] as const] : []));
  return { kind: 'categorical', rows, missing: 0, counts: Object.fromEntries(counts), other: 0, distinct: counts.length };
}

const even = (classes: number) => new Array<number>(classes).fill(1 / classes);
const zipf = (classes: number) => {
  const weights = Array.from({ length: classes }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

describe('without drift, the p value of a column is below 5 % in 5 % of the windows', () => {
  test.each([
    ['10 even classes, 5,000 against 1,000 rows', even(10), 5000, 1000],
    ['6 even classes, equal sizes', even(6), 1000, 1000],
    ['50 even classes, 10,000 against 1,000 rows', even(50), 10_000, 1000],
    ['200 classes of falling share, 5,000 against 500 rows', zipf(200), 5000, 500],
    ['2 classes, one rare, 3,000 against 300 rows', [0.97, 0.03], 3000, 300],
  ] as const)('%s', (_, shares, referenceRows, currentRows) => {
    const next = uniform(referenceRows + shares.length);
    let alarms = 0;

    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const reference = sample(shares, referenceRows, next);
      const current = sample(shares, currentRows, next);
      const drift = measureDrift(
        { reference, current, binning: learnBinning(reference), rareBelow: 20 },
        { method: 'jensenShannon', effectFloor: 0.1 },
      );
      if (drift.pValue <= 0.05) alarms += 1;
    }

    expectInBand({ alarms, looks: REPEATS, nominal: 0.05, what: 'p values' });
  });

  test('the p value of the population stability index, 10 classes, 5,000 against 500 rows', () => {
    const next = uniform(77);
    let alarms = 0;

    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const [reference = [], current = []] = [5000, 500].map((rows) => {
        const { counts } = sample(even(10), rows, next);
        return even(10).map((_, index) => counts[`c${index}`] ?? 0);
      });
      if (populationStabilityIndex(reference, current).pValue <= 0.05) alarms += 1;
    }

    expectInBand({ alarms, looks: REPEATS, nominal: 0.05, what: 'p values' });
  });
});

test('without drift, the square of the distance is on average what is said of chance', () => {
  const next = uniform(5);
  let squares = 0;

  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    const [reference = [], current = []] = [4000, 800].map((rows) => {
      const { counts } = sample(even(20), rows, next);
      return even(20).map((_, index) => counts[`c${index}`] ?? 0);
    });
    squares += jensenShannonDistance(reference, current) ** 2 / REPEATS;
  }

  const chance = chanceDivergence({ classes: 20, reference: 4000, current: 800 });
  expect(Math.abs(squares / chance - 1)).toBeLessThan(0.04);
});

describe('the whole rule', () => {
  /** Whether anything in the window stands out, be the evidence of earlier windows enough for an alert or not. */
  const anySuspicion = (
    profile: WindowProfile,
    reference: ReturnType<typeof ordinaryReference>,
    definition: ReturnType<typeof definitionWith>,
  ) =>
    driftSignals({ definition, reference, profile, trailingCubes: [], cycle: weekUpTo(profile) }).signals.some(
      ({ status }) => status !== 'ok' && status !== 'insufficient-data',
    );

  test('with evidence alone, a window without drift raises any suspicion in a tenth of the cases: the false discovery rate', () => {
    const evidenceOnly = definitionWith({ monitoring: { drift: { effectFloor: 1e-9 } } });
    const repeats = 600;
    let alarms = 0;

    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const days = Array.from({ length: 5 }, (_, day) => ordinaryDay({ rows: 600, seed: repeat * 10 + day, day: day - 14 }));
      const reference = ordinaryReference(evidenceOnly, 600, days);
      if (anySuspicion(ordinaryDay({ rows: 300, seed: repeat * 10 + 9 }), reference, evidenceOnly)) alarms += 1;
    }

    expectInBand({ alarms, looks: repeats, nominal: 0.1, what: 'any alarm' });
  });

  test('with the floor of 0.1, no window of 1,000 rows without drift raises one', () => {
    const definition = definitionWith();
    const reference = ordinaryReference(definition);

    const alarms = Array.from({ length: 500 }, (_, seed) => anySuspicion(ordinaryDay({ rows: 1000, seed }), reference, definition));

    expect(alarms.filter(Boolean)).toHaveLength(0);
  });

  test('finds a category that gains 15 points in nearly every window of 1,000 rows', () => {
    const definition = definitionWith();
    const reference = ordinaryReference(definition);

    const found = Array.from({ length: 200 }, (_, seed) =>
      anySuspicion(ordinaryDay({ rows: 1000, seed, shift: 0.15 }), reference, definition),
    );

    expect(found.filter(Boolean).length).toBeGreaterThan(190);
  });
});
