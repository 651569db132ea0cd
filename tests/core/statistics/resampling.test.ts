import { describe, expect, test } from 'vitest';
import { seededRandom, shuffledIndices } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { pairedBootstrap } from '../../../pipelines/core/statistics/intervals/paired-bootstrap.ts';

const ROWS = 2000;

function valuesOf(seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: ROWS }, () => random.uint32() / 2 ** 32);
}

function meanOf(values: Float64Array): (multiplicity: Uint16Array) => number {
  return (multiplicity) => values.reduce((sum, value, row) => sum + value * (multiplicity[row] ?? 0), 0) / ROWS;
}

describe('seeded random numbers', () => {
  test('are the same for the same seed and others for another', () => {
    const first = [1, 1, 2].map((seed) => seededRandom(seed).uint32());

    expect(first[0]).toBe(first[1]);
    expect(first[2]).not.toBe(first[0]);
  });

  test('fill twenty classes evenly (chi-square with 19 degrees of freedom below its 99.99 % point)', () => {
    const random = seededRandom(7);
    const counts = new Array<number>(20).fill(0);

    for (let draw = 0; draw < 100_000; draw += 1) {
      const at = random.below(20);
      counts[at] = (counts[at] ?? 0) + 1;
    }

    const chiSquare = counts.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
    expect(chiSquare).toBeLessThan(50.8);
  });

  test('shuffle into a permutation', () => {
    const order = shuffledIndices(1000, seededRandom(3));

    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(order[0] === 0 && order[1] === 1).toBe(false);
  });
});

describe('paired bootstrap', () => {
  test('gives the same intervals for the same seed', () => {
    const request = { units: ROWS, replicates: 100, level: 0.95, measures: [meanOf(valuesOf(1))] };

    const [first, again, other] = [5, 5, 6].map((seed) => pairedBootstrap({ ...request, seed }));

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('of a mean agrees with the normal interval', () => {
    const values = valuesOf(2);
    const mean = values.reduce((sum, value) => sum + value, 0) / ROWS;
    const standardError = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ROWS / ROWS);

    const [interval] = pairedBootstrap({ units: ROWS, replicates: 1000, level: 0.95, seed: 1, measures: [meanOf(values)] });

    expect(Math.abs((interval?.lower ?? 0) - (mean - 1.96 * standardError))).toBeLessThan(0.25 * standardError);
    expect(Math.abs((interval?.upper ?? 0) - (mean + 1.96 * standardError))).toBeLessThan(0.25 * standardError);
  });

  test('draws the same rows for both models, so that a constant difference has no spread', () => {
    const [worse, better] = [valuesOf(3), valuesOf(3).map((value) => value + 0.125)];

    const difference = (multiplicity: Uint16Array) => meanOf(better)(multiplicity) - meanOf(worse)(multiplicity);
    const [interval] = pairedBootstrap({ units: ROWS, replicates: 200, level: 0.95, seed: 1, measures: [difference] });

    expect(interval?.lower).toBeCloseTo(0.125, 10);
    expect(interval?.upper).toBeCloseTo(0.125, 10);
  });

  test('of few units is as wide as the Student interval of the mean', () => {
    const values = valuesOf(4).subarray(0, 10);
    const mean = values.reduce((sum, value) => sum + value, 0) / 10;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 9);
    const measure = (multiplicity: Uint16Array) => values.reduce((sum, value, unit) => sum + value * (multiplicity[unit] ?? 0), 0) / 10;

    const [interval] = pairedBootstrap({ units: 10, replicates: 5000, level: 0.95, seed: 1, measures: [measure] });

    const width = (interval?.upper ?? 0) - (interval?.lower ?? 0);
    const studentWidth = (2 * 2.262157 * deviation) / Math.sqrt(10); // t of 9 degrees of freedom at .975, as scipy.stats.t.ppf gives it
    expect(width / studentWidth).toBeGreaterThan(0.96);
    expect(width / studentWidth).toBeLessThan(1.04);
  });

  test('of one unit has no interval', () => {
    const [interval] = pairedBootstrap({ units: 1, replicates: 100, level: 0.95, seed: 1, measures: [() => 1] });

    expect(interval).toBeNull();
  });

  test('gives no interval for a measure that cannot be computed', () => {
    const [interval] = pairedBootstrap({ units: 10, replicates: 100, level: 0.95, seed: 1, measures: [() => Number.NaN] });

    expect(interval).toBeNull();
  });
});
