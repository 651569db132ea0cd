import { describe, expect, test } from 'vitest';
import { onsetOfRise } from '../../../pipelines/core/statistics/sequential/onset-of-rise.ts';
import { uniform } from '../../fakes/watched-world.ts';

/** Failures with one probability up to a place, and another from there on. */
function stream(rows: number, at: number, [before, after]: readonly [number, number], seed = 1): number[] {
  const next = uniform(seed);
  return Array.from({ length: rows }, (_, row) => (next() < (row < at ? before : after) ? 1 : 0));
}

describe('where a rise began', () => {
  test.each([
    [0.01, 0.2],
    [0.05, 0.3],
    [0, 0.1],
  ])('from a share of %f to %f: within 2 % of 5,000 rows in nine of ten streams', (before, after) => {
    const places = Array.from({ length: 40 }, (_, seed) => onsetOfRise(stream(5000, 3000, [before, after], seed + 1))?.from ?? -1);

    expect(places.filter((place) => Math.abs(place - 3000) <= 100).length).toBeGreaterThanOrEqual(36);
  });

  test('tells the shares before and since', () => {
    const onset = onsetOfRise(stream(4000, 2500, [0.02, 0.4]));

    expect(onset?.before).toBeCloseTo(0.02, 1);
    expect(onset?.after).toBeCloseTo(0.4, 1);
  });

  test('a steady stream, a fall and no stream at all have no beginning', () => {
    const steady = Array.from({ length: 20 }, (_, seed) => onsetOfRise(stream(3000, 0, [0.1, 0.1], seed + 1)));

    expect(steady.filter((onset) => onset !== null).length).toBeLessThanOrEqual(2);
    expect(onsetOfRise(stream(3000, 1500, [0.5, 0.01]))).toBeNull();
    expect(onsetOfRise([])).toBeNull();
  });

  test('a rise after a fall is found', () => {
    const onset = onsetOfRise([...stream(2000, 1000, [0.5, 0.01]), ...stream(1000, 0, [0, 0.6])]);

    expect(Math.abs((onset?.from ?? 0) - 2000)).toBeLessThan(60);
  });
});
