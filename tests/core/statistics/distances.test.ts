import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cramersV } from '../../../pipelines/core/statistics/distances/cramers-v.ts';
import { hellingerDistance } from '../../../pipelines/core/statistics/distances/hellinger.ts';
import { jensenShannonDistance } from '../../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { lInfinity } from '../../../pipelines/core/statistics/distances/l-infinity.ts';
import { populationStabilityIndex } from '../../../pipelines/core/statistics/distances/population-stability-index.ts';
import { totalVariation } from '../../../pipelines/core/statistics/distances/total-variation.ts';

type Distance = (reference: readonly number[], current: readonly number[]) => number;

const counts = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.infiniteStream(fc.nat({ max: 5000 })))
  .map(([classes, stream]) => [...stream.take(2 * classes)])
  .map((all): [number[], number[]] => [all.slice(0, all.length / 2), all.slice(all.length / 2)])
  .filter(([a, b]) => a.some((count) => count > 0) && b.some((count) => count > 0));

const bounded: readonly [string, Distance][] = [
  ['jensenShannonDistance', jensenShannonDistance],
  ['hellingerDistance', hellingerDistance],
  ['totalVariation', totalVariation],
  ['lInfinity', (a, b) => lInfinity(a, b).value],
  ['cramersV', cramersV],
];
const all: readonly [string, Distance][] = [...bounded, ['populationStabilityIndex', (a, b) => populationStabilityIndex(a, b).value]];

describe.each(all)('%s', (_, distance) => {
  test('is symmetric', () => {
    fc.assert(fc.property(counts, ([a, b]) => Math.abs(distance(a, b) - distance(b, a)) < 1e-9));
  });

  test('is 0 between a sample and itself', () => {
    fc.assert(fc.property(counts, ([a]) => distance(a, a) < 1e-7));
  });

  test('does not depend on the order of the classes', () => {
    fc.assert(fc.property(counts, ([a, b]) => Math.abs(distance(a, b) - distance(a.toReversed(), b.toReversed())) < 1e-9));
  });

  test('refuses an empty sample and unequal classes', () => {
    expect(() => distance([0, 0], [1, 1])).toThrow(RangeError);
    expect(() => distance([1], [1, 1])).toThrow(RangeError);
  });
});

test.each(bounded)('%s stays within 0 and 1', (_, distance) => {
  fc.assert(fc.property(counts, ([a, b]) => distance(a, b) >= 0 && distance(a, b) <= 1));
});

test('the metrics obey their inequalities: TV² ≤ 2·H², H² ≤ TV, JS² ≤ TV', () => {
  fc.assert(
    fc.property(counts, ([a, b]) => {
      const [tv, hellinger, js] = [totalVariation(a, b), hellingerDistance(a, b), jensenShannonDistance(a, b)];
      return tv ** 2 <= 2 * hellinger ** 2 + 1e-9 && hellinger ** 2 <= tv + 1e-9 && js ** 2 <= tv + 1e-9;
    }),
  );
});

describe('populationStabilityIndex', () => {
  test('stays finite with empty classes, where the raw index has no value', () => {
    const index = populationStabilityIndex([100, 0], [0, 100]);

    expect(Number.isFinite(index.value)).toBe(true);
    expect(index.raw).toBeNull();
    expect(index.pValue).toBeLessThan(1e-12);
  });

  test('expects (classes − 1) · (1/N + 1/M) without drift', () => {
    const index = populationStabilityIndex(new Array<number>(10).fill(500), new Array<number>(10).fill(40));

    expect(index.nullExpectation).toBeCloseTo(9 * (1 / 5000 + 1 / 400), 12);
  });

  test('one outlier never hides a shift, since classes are frozen', () => {
    const shifted = populationStabilityIndex([500, 300, 200], [200, 300, 500]).value;
    const withOutlier = populationStabilityIndex([500, 300, 200], [200, 300, 501]).value;

    expect(withOutlier).toBeGreaterThan(shifted * 0.95);
  });
});
