import { describe, expect, test } from 'vitest';
import { estimateDispersions } from '../../../pipelines/core/profile/estimate-dispersions.ts';
import { cubeOf, emptyCube, mergeCubes } from '../../../pipelines/core/profile/label-cube.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { estimateBand } from '../../../pipelines/core/signals/estimate-band.ts';
import { definitionWith, MONDAY, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const DAYS = 14;

/** Days of 600 rows; on each, all chances are moved by a fate of its own, up or down by `fate`. */
function daysWith(fate: number, seed: number) {
  const next = uniform(seed);
  return Array.from({ length: DAYS }, (_, day) => {
    const start = addSeconds(MONDAY, (day - DAYS) * 86_400);
    const shift = (next() < 0.5 ? -1 : 1) * fate;
    const scores = Float64Array.from({ length: 600 }, () => 0.15 + 0.7 * next());
    const labels = scores.map((score) => Number(next() < score + shift));
    return cubeOf({ scores, labels, window: { start, end: addSeconds(start, 86_400) }, modelVersion: 'v1' });
  });
}

function meanSquareOf(fate: number, metric: string): number {
  const found = [1, 2, 3, 4, 5].map((seed) => {
    const cubes = daysWith(fate, seed);
    return estimateDispersions(cubes, { labels: mergeCubes(cubes), task: { task: 'binary' } })[metric]?.meanSquare ?? Number.NaN;
  });
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}

describe('estimateDispersions', () => {
  test('is about 1 for independent rows', () => {
    // The mean of five mean squares of 13 degrees of freedom has a standard error of √(2 / 65) = .18.
    for (const metric of ['rocAuc', 'accuracy', 'logLoss']) {
      expect(meanSquareOf(0, metric), metric).toBeGreaterThan(0.4);
      expect(meanSquareOf(0, metric), metric).toBeLessThan(1.6);
    }
  });

  test('grows where the rows of a day share a fate, in the metrics that feel it', () => {
    expect(meanSquareOf(0.1, 'precision')).toBeGreaterThan(5);
    expect(meanSquareOf(0.1, 'recall')).toBeLessThan(meanSquareOf(0.1, 'precision'));
  });

  test('says nothing of few windows, few labels or a regression', () => {
    const cubes = daysWith(0, 6);
    const labels = mergeCubes(cubes);

    expect(estimateDispersions(cubes.slice(0, 2), { labels, task: { task: 'binary' } })).toEqual({});
    expect(estimateDispersions(cubes, { labels: emptyCube(labels.window, 'v1'), task: { task: 'binary' } })).toEqual({});
    expect(estimateDispersions(cubes, { labels, task: { task: 'regression' } })).toEqual({});
  });
});

describe('estimateBand', () => {
  const definition = definitionWith();
  const reference = { ...ordinaryReference(definition), estimateDispersions: { rocAuc: { windows: 14, meanSquare: 4 } } };
  const estimate = { value: 0.7, standardError: 0.01 };
  const halfOf = (parts: Partial<typeof reference>, metric: 'rocAuc' | 'accuracy' = 'rocAuc') => {
    const { interval, factor } = estimateBand({ definition, reference: { ...reference, ...parts } }, { ...estimate, metric });
    return { half: interval.upper - 0.7, isWidened: factor > 1 };
  };

  test('is wider by what the windows of the reference differ', () => {
    expect(halfOf({}).half).toBeCloseTo(0.01 * 2 * 2.1603686565, 8);
    expect(halfOf({}).isWidened).toBe(true);
  });

  test('is that of independent rows for other metrics and for windows of another length', () => {
    for (const { half, isWidened } of [halfOf({}, 'accuracy'), halfOf({ windowSeconds: 3600 })]) {
      expect(half).toBeCloseTo(0.01 * 1.9599639845, 8);
      expect(isWidened).toBe(false);
    }
  });
});
