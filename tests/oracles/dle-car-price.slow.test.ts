import { describe, expect, test } from 'vitest';
import { foldOfId } from '../../pipelines/core/digest/fold-of-id.ts';
import { bandCoverage, type EstimatedAndRealised } from '../../pipelines/core/statistics/estimation/band-coverage.ts';
import { estimateRegression, fitLossModel } from '../../pipelines/core/statistics/estimation/estimated-regression.ts';
import { normalInterval } from '../../pipelines/core/statistics/intervals/normal-interval.ts';
import { type RegressionLoss, realisedRegression, regressionLosses } from '../../pipelines/core/statistics/metrics/realised-regression.ts';
import { oraclesPresent } from './read-oracle.ts';
import { chunksOf, expectedRows, numbersOf, type OracleRow } from './realised-oracle-rows.ts';

const CHUNK = 6000;
const FEATURES = ['y_pred', 'car_age', 'km_driven', 'price_new', 'accident_count', 'door_count', 'diesel', 'electric', 'automatic'];
const COLUMNS = [
  ...['id', 'y_true', 'y_pred', 'car_age', 'km_driven', 'price_new', 'accident_count', 'door_count'],
  ...["(fuel = 'diesel')::int as diesel", "(fuel = 'electric')::int as electric", "(transmission = 'automatic')::int as automatic"],
];
/** Folds of the cross-fitting: more of them estimate better and cost as much more. */
const FOLDS = 5;

describe.skipIf(!oraclesPresent())('the loss of the car prices without labels, against NannyML with LightGBM', () => {
  test.each(['absolute', 'relative', 'squared', 'squaredLog'] as const)('%s', async (loss: RegressionLoss) => {
    const { reference, chunks } = await chunksOf({ name: 'synthetic_car_price', columns: COLUMNS }, CHUNK);
    const theirs = expectedRows('computed/carprice_dle_lightgbm.csv');
    const featuresOf = (rows: readonly OracleRow[]) => FEATURES.map((name) => numbersOf(rows, name));
    const losses = regressionLosses(loss, numbersOf(reference, 'y_true'), numbersOf(reference, 'y_pred')) ?? new Float64Array();
    const folds = Uint8Array.from(reference, ({ id }) => foldOfId(String(id), FOLDS));
    const errors = new Map<string, { ours: number; theirs: number; realised: number }>();
    const bands: EstimatedAndRealised[] = [];

    const model = fitLossModel({ features: featuresOf(reference), losses, folds });

    for (const [index, rows] of chunks.entries()) {
      if (index < 10) continue;
      const realised = realisedRegression(numbersOf(rows, 'y_true'), numbersOf(rows, 'y_pred'));
      for (const { metric, value, standardError } of estimateRegression(loss, model, featuresOf(rows))) {
        const actual = realised.find((each) => each.metric === metric)?.value ?? Number.NaN;
        const error = errors.get(metric) ?? { ours: 0, theirs: 0, realised: 0 };
        errors.set(metric, {
          ours: error.ours + Math.abs((value ?? Number.NaN) - actual) / 10,
          theirs: error.theirs + Math.abs(Number(theirs[index]?.[`${metric}_value`]) - actual) / 10,
          realised: error.realised + actual / 10,
        });
        bands.push({ ...normalInterval({ value: value ?? Number.NaN, standardError: standardError ?? Number.NaN }), realised: actual });
      }
    }
    for (const [metric, error] of errors) {
      console.log(`mean |estimated − realised| ${metric}: ours ${error.ours.toPrecision(4)}, NannyML ${error.theirs.toPrecision(4)}`);
      expect(error.ours / error.realised, `${metric} within 5 % of the realised figure`).toBeLessThan(0.05);
      expect(error.ours, `${metric} against NannyML`).toBeLessThan(1.25 * error.theirs);
    }
    console.log(`${loss}: bands of ${bands.length} figures held ${bandCoverage(bands).covered}`);
    expect(bands).toHaveLength(errors.size * 10);
  });
});
