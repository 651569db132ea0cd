import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { learnBinning } from '../../../pipelines/core/profile/binning.ts';
import { gridFromQuantiles } from '../../../pipelines/core/profile/learn-grid.ts';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import { type DriftMeasure, measureDrift } from '../../../pipelines/core/signals/drift-measure.ts';
import { linearQuantile } from '../../../pipelines/core/statistics/distances/linear-quantile.ts';
import { scaledWasserstein } from '../../../pipelines/core/statistics/distances/scaled-wasserstein.ts';
import { summaryStatistics } from '../../../pipelines/core/statistics/distances/summary-statistics.ts';
import { realisedRegression } from '../../../pipelines/core/statistics/metrics/realised-regression.ts';
import { definitionWith, draws, GRIDS, ordinaryDay, ordinaryReference, uniform, weekUpTo } from '../../fakes/watched-world.ts';

const OUTLIER = 1e6;

function normals(count: number, shift: number, next: () => number): Float64Array {
  return draws(count, () => shift + Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()));
}

/** Drift of a number against a reference, on the grid that the reference would get. */
function driftOf(
  reference: Float64Array,
  method: 'jensenShannon' | 'populationStabilityIndex' = 'jensenShannon',
): (current: Float64Array) => DriftMeasure {
  const sorted = reference.slice().sort();
  const [q001, median, q999] = [0.001, 0.5, 0.999].map((q) => linearQuantile(sorted, q)) as [number, number, number];
  const grid = gridFromQuantiles({
    q001,
    q999,
    median,
    minimum: linearQuantile(sorted, 0),
    maximum: linearQuantile(sorted, 1),
    integerValued: false,
  });
  const before = numericProfile(reference, grid);
  const binning = learnBinning(before);
  return (current) =>
    measureDrift({ reference: before, current: numericProfile(current, grid), binning, rareBelow: 20 }, { method, effectFloor: 0.1 });
}

describe('one value of a million', () => {
  test.each([200, 1000])('in %i rows moves no distance that may raise an alarm by more than a twentieth', (rows) => {
    const changes: number[] = [];

    for (const shift of [0, 0.3, 0.5, 1, 2]) {
      for (let seed = 0; seed < 12; seed += 1) {
        const next = uniform(seed * 7 + rows);
        const measure = driftOf(normals(10 * rows, 0, next));
        const current = normals(rows, shift, next);
        const [before, after] = [measure(current), measure(Float64Array.from([...current, OUTLIER]))];
        if (before.effect >= before.limit) changes.push(Math.abs(after.effect / before.effect - 1));
      }
    }

    expect(changes.length).toBeGreaterThan(20);
    expect(Math.max(...changes)).toBeLessThan(0.05);
  });

  test('moves the measures that are for reports only, and not the winsorised one', () => {
    const next = uniform(3);
    const [reference, current] = [normals(10_000, 0, next), normals(1000, 0.5, next)];
    const spoilt = Float64Array.from([...current, OUTLIER]);
    const points = (values: Float64Array) => Array.from(values, (value) => ({ value, weight: 1 }));
    const [clean, hit] = [current, spoilt].map((values) => scaledWasserstein(points(reference), points(values)));
    const change = (before: number | null | undefined, after: number | null | undefined) => Math.abs((after ?? 0) / (before ?? 0) - 1);

    expect(change(clean?.distance, hit?.distance)).toBeGreaterThan(100);
    expect(change(clean?.byQuartiles, hit?.byQuartiles)).toBeGreaterThan(100);
    expect(change(summaryStatistics(current).mean.value, summaryStatistics(spoilt).mean.value)).toBeGreaterThan(100);
    expect(realisedRegression(Float64Array.of(1, OUTLIER), Float64Array.of(1, 1))[0]?.value).toBeGreaterThan(1e5);
    expect(change(clean?.winsorised, hit?.winsorised)).toBeLessThan(0.05);
    expect(change(summaryStatistics(current).median.value, summaryStatistics(spoilt).median.value)).toBeLessThan(0.05);
  });
});

describe('units and order', () => {
  const varied = fc
    .uniqueArray(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 60, maxLength: 150 })
    .map((all) => all.map((n) => n / 997));

  test.each([
    ['degrees', 32, 1.8],
    ['thousands', 0, 1000],
    ['a shifted zero', -273.15, 1],
  ])('a change of units (%s) changes neither distance nor p value', (_, shift, scale) => {
    const next = uniform(8);
    const [reference, current] = [normals(5000, 50, next), normals(500, 50.4, next)];
    const inUnits = (values: Float64Array) => values.map((value) => shift + scale * value);

    const found = driftOf(inUnits(reference))(inUnits(current));

    const before = driftOf(reference)(current);
    expect(found.effect).toBeCloseTo(before.effect, 12);
    expect(found.pValue / before.pValue).toBeCloseTo(1, 9);
  });

  test('scaled distances of Wasserstein do not depend on the unit', () => {
    const points = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));
    fc.assert(
      fc.property(varied, varied, fc.double({ min: 0.5, max: 1000, noNaN: true }), (a, b, scale) => {
        const before = scaledWasserstein(points(a), points(b));
        const after = scaledWasserstein(points(a.map((x) => 7 + scale * x)), points(b.map((x) => 7 + scale * x)));
        const alike = (x: number | null, y: number | null) => Math.abs((x ?? 0) - (y ?? 0)) <= 1e-9 * (1 + Math.abs(x ?? 0));
        return (
          alike(before.byDeviation, after.byDeviation) &&
          alike(before.byQuartiles, after.byQuartiles) &&
          alike(before.winsorised, after.winsorised)
        );
      }),
    );
  });

  test('the order of rows changes nothing', () => {
    fc.assert(
      fc.property(varied, varied, (a, b) => {
        const one = driftOf(Float64Array.from(a))(Float64Array.from(b));
        const two = driftOf(Float64Array.from(a.toReversed()))(Float64Array.from(b.toReversed()));
        return one.effect === two.effect && one.pValue === two.pValue;
      }),
      { numRuns: 50 },
    );
  });
});

describe('taking data away never makes a sick column look well', () => {
  const definition = definitionWith();
  const reference = ordinaryReference(definition);

  function statuses(profile: WindowProfile, name: string): string[] {
    const { signals } = detectSignals({ definition, reference, profile, trailingCubes: [], cycle: weekUpTo(profile) });
    return signals.filter(({ subject }) => subject === name).map(({ status }) => status);
  }

  /** A day on which the sizes have moved, a share of them lost. */
  function sickDay(seed: number, lost: number): WindowProfile {
    const next = uniform(seed);
    const values = draws(1000, () => 10 * Math.sqrt(next())).map((value) => (next() < lost ? Number.NaN : value));
    const day = ordinaryDay({ rows: 1000, seed });
    const grid = GRIDS['size'];
    return grid === undefined ? day : { ...day, columns: { ...day.columns, size: numericProfile(values, grid) } };
  }

  test('losing any share of the values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, lost) =>
        statuses(sickDay(seed, lost), 'size').includes('alert'),
      ),
      { numRuns: 25 },
    );
  });

  test.each([
    ['the column', (day: WindowProfile): WindowProfile => ({ ...day, columns: {} })],
    ['all but a few rows', (): WindowProfile => ordinaryDay({ rows: 20, seed: 4 })],
    ['every row', (day: WindowProfile): WindowProfile => ({ ...day, rows: 0, columns: {}, versions: {} })],
  ])('losing %s', (_, lose) => {
    const found = statuses(lose(sickDay(1, 0)), 'size');

    expect(found.length).toBeGreaterThan(1);
    expect(found).not.toContain('ok');
  });
});
