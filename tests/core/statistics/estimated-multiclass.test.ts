import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import {
  classProbabilities,
  estimateMulticlass,
  fitMulticlassMap,
} from '../../../pipelines/core/statistics/estimation/estimated-multiclass.ts';
import { realisedMulticlass } from '../../../pipelines/core/statistics/metrics/realised-multiclass.ts';

const WORTH = [
  [3, -1, -2],
  [-1, 4, 0],
  [-2, 0, 5],
];
const ALL = { calibrate: [true, true, true] };

/** Rows over three classes: true chances, and scores that are too sure of themselves. */
function sureRows(count: number, random: { uint32: () => number }) {
  const uniform = () => (random.uint32() + 0.5) / 2 ** 32;
  const chances = Array.from({ length: count }, () => shared([uniform() ** 2, uniform() ** 2, uniform() ** 2].map((x) => x + 0.05)));
  const sure = chances.map((row) => shared(row.map((x) => x ** 2)));
  const columns = (rows: number[][]) => [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k] ?? 0));
  const labels = () => Int32Array.from(chances, (row) => drawn(row, uniform()));
  return {
    chances: columns(chances),
    scores: columns(sure),
    called: Int32Array.from(sure, (row) => row.indexOf(Math.max(...row))),
    labels,
  };
}

function shared(values: number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

function drawn(chances: number[], at: number): number {
  return at < (chances[0] ?? 0) ? 0 : at < (chances[0] ?? 0) + (chances[1] ?? 0) ? 1 : 2;
}

function moments(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return { mean, spread: Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length) };
}

describe('three classes without labels', () => {
  test('500 drawn labels scatter around the estimate as the label noise says', () => {
    const random = seededRandom(1);
    const rows = sureRows(300, random);
    // Two points a class make the calibration the identity on the true chances.
    const identity = { isIdentity: true, curve: { x: [0, 1], y: [0, 1] }, levels: [0, 1], variance: [0, 0] };
    const map = { maps: [identity, identity, identity], places: [], residuals: [] };

    const estimates = estimateMulticlass({ scores: rows.chances, called: rows.called }, map, WORTH);

    const realised = Array.from({ length: 500 }, () =>
      realisedMulticlass({ scores: rows.chances, called: rows.called, labels: rows.labels() }, WORTH),
    );
    for (const [index, { metric, value, labelNoise }] of estimates.entries()) {
      const { mean, spread } = moments(realised.map((each) => each[index]?.value ?? Number.NaN));
      expect(Math.abs(mean - (value ?? Number.NaN)), metric).toBeLessThan(4 * (spread / Math.sqrt(500)) + spread / 8);
      expect(Math.abs((labelNoise ?? Number.NaN) / spread - 1), metric).toBeLessThan(0.13);
    }
    expect(estimates).toHaveLength(8);
  });

  test('40 drawn references scatter as the map noise says, and the estimate is unbiased', () => {
    const random = seededRandom(2);
    const [window, reference] = [sureRows(1000, random), sureRows(2000, random)];

    const repeats = Array.from({ length: 60 }, () =>
      estimateMulticlass(window, fitMulticlassMap({ scores: reference.scores, labels: reference.labels() }, ALL), WORTH),
    );

    const truth = moments(
      Array.from(
        { length: 60 },
        () => realisedMulticlass({ ...window, labels: window.labels() }).find(({ metric }) => metric === 'accuracy')?.value ?? Number.NaN,
      ),
    );
    const accuracy = repeats.map((each) => each.find(({ metric }) => metric === 'accuracy')?.value ?? Number.NaN);
    for (const [index, { metric }] of (repeats[0] ?? []).entries()) {
      const { spread } = moments(repeats.map((each) => each[index]?.value ?? Number.NaN));
      const claimed = moments(repeats.map((each) => each[index]?.mapNoise ?? Number.NaN)).mean;
      // Forty repeats know a spread to a ninth.
      expect(Math.abs(Math.log(claimed / spread)), metric).toBeLessThan(0.35);
    }
    expect(Math.abs(moments(accuracy).mean - truth.mean)).toBeLessThan(0.012);
  });

  test('probabilities of a row add up to 1, also where every class has 0', () => {
    const scores = [Float64Array.of(0.1, 0.9, 0), Float64Array.of(0.2, 0.05, 0), Float64Array.of(0.7, 0.05, 0)];
    const identity = { isIdentity: true, curve: { x: [0, 1], y: [0, 1] }, levels: [0, 1], variance: [0, 0] };

    const { shares } = classProbabilities({ maps: [identity, identity, identity], places: [], residuals: [] }, scores);

    for (const row of [0, 1, 2]) expect(shares.reduce((sum, of) => sum + (of[row] ?? 0), 0)).toBeCloseTo(1, 12);
    expect(shares.map((of) => of[2])).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });
});
