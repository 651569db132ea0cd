import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { bandCoverage } from '../../../pipelines/core/statistics/estimation/band-coverage.ts';
import { fitBoostedTrees, predictBoostedTrees } from '../../../pipelines/core/statistics/estimation/boosted-trees.ts';
import { estimateRegression, fitLossModel } from '../../../pipelines/core/statistics/estimation/estimated-regression.ts';
import { normalInterval } from '../../../pipelines/core/statistics/intervals/normal-interval.ts';
import { realisedRegression, regressionLosses } from '../../../pipelines/core/statistics/metrics/realised-regression.ts';
import { uniform } from '../../fakes/watched-world.ts';

/** Predictions whose error grows with the first feature; `lean` moves that feature up. */
function world(rows: number, seed: number, lean = 0) {
  const random = seededRandom(seed);
  const uniform = () => (random.uint32() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const spread = Float64Array.from({ length: rows }, () => lean + (1 - lean) * uniform());
  const other = Float64Array.from({ length: rows }, () => uniform());
  const predictions = other.map((value) => 20 + 10 * value);
  const targets = predictions.map((prediction, row) => prediction + (1 + 4 * (spread[row] ?? 0)) * normal());
  return { features: [predictions, spread, other], predictions, targets, folds: Uint8Array.from(spread, (_, row) => row % 3) };
}

describe('regression without labels', () => {
  const reference = world(4000, 1);
  const losses = regressionLosses('absolute', reference.targets, reference.predictions) ?? new Float64Array();
  const model = fitLossModel({ features: reference.features, losses, folds: reference.folds });

  test('finds that the error grows when its cause does', () => {
    const [same, worse] = [world(2000, 2), world(2000, 3, 0.5)];

    const [before, after] = [same, worse].map(({ features }) => estimateRegression('absolute', model, features)[0]);

    const [realisedBefore, realisedAfter] = [same, worse].map(
      ({ targets, predictions }) => realisedRegression(targets, predictions)[0]?.value ?? 0,
    );
    expect(Math.abs((before?.value ?? 0) - (realisedBefore ?? 0))).toBeLessThan(3 * (before?.standardError ?? 0));
    expect(Math.abs((after?.value ?? 0) - (realisedAfter ?? 0))).toBeLessThan(3 * (after?.standardError ?? 0));
    expect((after?.value ?? 0) - (before?.value ?? 0)).toBeGreaterThan(0.5);
  });

  test('bands at 95 % hold most of 100 realised figures', () => {
    const pairs = Array.from({ length: 100 }, (_, seed) => {
      const window = world(250, 100 + seed);
      const { value, standardError } = estimateRegression('absolute', model, window.features)[0] ?? {};
      const realised = realisedRegression(window.targets, window.predictions)[0]?.value ?? Number.NaN;
      return { ...normalInterval({ value: value ?? Number.NaN, standardError: standardError ?? Number.NaN }), realised };
    });

    const { interval } = bandCoverage(pairs);

    expect(interval?.lower).toBeLessThan(0.97);
    expect(interval?.upper).toBeGreaterThan(0.93);
  });

  test('a missing feature has a place of its own, an empty window has a reason', () => {
    const window = world(50, 4);

    const missing = estimateRegression('absolute', model, [
      window.predictions,
      new Float64Array(50).fill(Number.NaN),
      window.features[2] ?? new Float64Array(),
    ]);
    const empty = estimateRegression('squared', model, [new Float64Array(), new Float64Array(), new Float64Array()]);

    expect(missing[0]?.value).toBeGreaterThan(0);
    expect(empty.map(({ metric, value, why }) => [metric, value, why])).toEqual([
      ['mse', null, 'There is no row.'],
      ['rmse', null, 'There is no row.'],
    ]);
  });

  test('the same rows give the same model, and one fold is refused', () => {
    const again = fitLossModel({ features: reference.features, losses, folds: reference.folds });

    expect(again).toEqual(model);
    expect(() => fitLossModel({ features: reference.features, losses, folds: new Uint8Array(4000) })).toThrow(RangeError);
  });
});

describe('boosted trees', () => {
  test('learn a step, an interaction and nothing where there is nothing', () => {
    const random = seededRandom(5);
    const bins = [0, 1, 2].map(() => Uint8Array.from({ length: 3000 }, () => 1 + random.below(20)));
    const rows = Array.from({ length: 3000 }, (_, row) => row);
    const truth = rows.map(
      (row) => ((bins[0]?.[row] ?? 0) > 10 ? 5 : 0) + ((bins[0]?.[row] ?? 0) > 10 && (bins[1]?.[row] ?? 0) <= 5 ? 3 : 0),
    );

    const predicted = predictBoostedTrees(fitBoostedTrees({ features: { bins, rows: 3000 }, targets: truth, train: rows }), {
      bins,
      rows: 3000,
    });
    const constant = predictBoostedTrees(fitBoostedTrees({ features: { bins, rows: 3000 }, targets: rows.map(() => 7), train: rows }), {
      bins,
      rows: 3000,
    });

    expect(Math.max(...rows.map((row) => Math.abs((predicted[row] ?? 0) - (truth[row] ?? 0))))).toBeLessThan(0.05);
    expect(new Set(constant)).toEqual(new Set([7]));
  });
});

describe('realised regression', () => {
  test('a target at −1 or below has no logarithm; an empty sample has no figure', () => {
    const metrics = realisedRegression(Float64Array.of(-2, 3), Float64Array.of(1, 2));

    expect(metrics.filter(({ value }) => value === null).map(({ metric }) => metric)).toEqual(['msle', 'rmsle']);
    expect(
      realisedRegression(new Float64Array(), new Float64Array()).every(({ value, why }) => value === null && why === 'There is no row.'),
    ).toBe(true);
    expect(realisedRegression(Float64Array.of(2), Float64Array.of(2)).every(({ standardError }) => standardError === null)).toBe(true);
  });

  test('figures that have no meaning are null and say why; rows without a target do not count', () => {
    const lacking = (targets: number[], predictions: number[]) =>
      realisedRegression(Float64Array.from(targets), Float64Array.from(predictions)).flatMap(({ metric, value }) =>
        value === null ? [metric] : [],
      );

    expect(lacking([0, -3], [1, 2])).toEqual(['mape', 'msle', 'rmsle']);
    expect(lacking([5, 5], [1, 2])).toEqual(['r2']);
    expect(realisedRegression(Float64Array.of(2, 7), Float64Array.of(1, Number.NaN))[0]).toMatchObject({ metric: 'mae', value: 1 });
  });

  test('the error of R² is that of a bootstrap', () => {
    const next = uniform(3);
    const targets = Float64Array.from({ length: 400 }, () => 10 * next());
    const predictions = targets.map((target) => target + 6 * (next() - 0.5));
    const r2 = (rows: Uint16Array) => {
      const drawn = realisedRegression(
        Float64Array.from(rows, (row) => targets[row] ?? 0),
        Float64Array.from(rows, (row) => predictions[row] ?? 0),
      );
      return drawn.find(({ metric }) => metric === 'r2') ?? { value: null, standardError: null };
    };
    const draws = Array.from({ length: 600 }, () => r2(Uint16Array.from({ length: 400 }, () => Math.floor(400 * next()))).value ?? 0);
    const mean = draws.reduce((sum, each) => sum + each, 0) / 600;
    const spread = Math.sqrt(draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 599);

    const { standardError } = r2(Uint16Array.from({ length: 400 }, (_, row) => row));

    expect((standardError ?? 0) / spread).toBeGreaterThan(0.9);
    expect((standardError ?? 0) / spread).toBeLessThan(1.1);
  });
});
