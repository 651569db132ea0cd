import { describe, expect, test } from 'vitest';
import { cohensKappa } from '../../pipelines/core/statistics/agreement/cohens-kappa.ts';
import { type ConfusionOptions, confusionMetrics } from '../../pipelines/core/statistics/metrics/confusion-metrics.ts';
import { realisedRegression } from '../../pipelines/core/statistics/metrics/realised-regression.ts';
import { rocAuc } from '../../pipelines/core/statistics/metrics/roc-auc.ts';
import { expectClose } from './expect-close.ts';
import { readColumns, readCsv } from './read-loans.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

type BinaryFigure = 'accuracy' | 'f1' | 'precision' | 'recall' | 'mcc' | 'balanced_accuracy' | 'cohen_kappa';

interface Oracle {
  readonly binary_classification: {
    readonly y_true: number[];
    readonly y_pred: number[];
    readonly confusion_tn_fp_fn_tp: number[];
  } & Readonly<Record<BinaryFigure, number>>;
  readonly multiclass: {
    readonly y_true: number[];
    readonly y_pred: number[];
    readonly proba: number[][];
    readonly confusion: number[][];
  } & Readonly<
    Record<'roc_auc_ovr_macro' | 'f1_macro' | 'f1_weighted' | 'precision_macro' | 'recall_macro' | 'accuracy' | 'log_loss', number>
  >;
  readonly regression: { readonly y_true: number[]; readonly y_pred: number[] } & Readonly<
    Record<'mae' | 'mse' | 'rmse' | 'mape' | 'msle' | 'r2' | 'median_ae', number>
  >;
}

function tableOf(actual: readonly number[], called: readonly number[], classes: number): number[][] {
  const table = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const [row, label] of actual.entries()) {
    const line = table[label];
    const call = called[row] ?? 0;
    if (line !== undefined) line[call] = (line[call] ?? 0) + 1;
  }
  return table;
}

function figuresOf(table: readonly (readonly number[])[], options?: ConfusionOptions) {
  return new Map(confusionMetrics(table, options).map(({ metric, value }) => [metric, value]));
}

function errorsOf(actual: readonly number[], predicted: readonly number[]) {
  const found = realisedRegression(Float64Array.from(actual), Float64Array.from(predicted));
  return new Map(found.map(({ metric, value }) => [metric, value]));
}

describe.skipIf(!oraclesPresent())('scikit-learn', () => {
  const oracle = oraclesPresent() ? readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json') : null;

  test('figures of 200 calls in two classes', () => {
    const given = oracle?.binary_classification;
    const table = tableOf(given?.y_true ?? [], given?.y_pred ?? [], 2);

    const [found, macro] = [figuresOf(table, { positive: 1 }), figuresOf(table)];

    expect(table.flat()).toEqual(given?.confusion_tn_fp_fn_tp);
    for (const name of ['accuracy', 'precision', 'recall', 'f1'] as const) expectClose(found.get(name), given?.[name] ?? Number.NaN, 1e-12);
    expectClose(found.get('matthews'), given?.mcc ?? Number.NaN, 1e-12);
    expectClose(cohensKappa(table)?.kappa, given?.cohen_kappa ?? Number.NaN, 1e-12);
    expectClose(macro.get('recall'), given?.balanced_accuracy ?? Number.NaN, 1e-12);
    expect(table[0]?.[0]).toBe(109);
  });

  test('figures of 150 rows in three classes', () => {
    const given = oracle?.multiclass;
    const [actual = [], called = [], probabilities = []] = [given?.y_true, given?.y_pred, given?.proba];
    const table = tableOf(actual, called, 3);

    const found = figuresOf(table);
    const areas = [0, 1, 2].map((label) => {
      const scores = Float64Array.from(probabilities, (row) => row[label] ?? 0);
      return (
        rocAuc(
          scores,
          Float64Array.from(actual, (each) => (each === label ? 1 : 0)),
        )?.area ?? Number.NaN
      );
    });
    const loss = actual.reduce((sum, label, row) => sum - Math.log(probabilities[row]?.[label] ?? 0), 0) / actual.length;

    expect(table).toEqual(given?.confusion);
    expectClose(found.get('accuracy'), given?.accuracy ?? Number.NaN, 1e-12);
    expectClose(found.get('f1'), given?.f1_macro ?? Number.NaN, 1e-12);
    expectClose(found.get('weightedF1'), given?.f1_weighted ?? Number.NaN, 1e-12);
    expectClose(found.get('precision'), given?.precision_macro ?? Number.NaN, 1e-12);
    expectClose(found.get('recall'), given?.recall_macro ?? Number.NaN, 1e-12);
    expectClose(areas.reduce((sum, area) => sum + area, 0) / 3, given?.roc_auc_ovr_macro ?? Number.NaN, 1e-12);
    expectClose(loss, given?.log_loss ?? Number.NaN, 1e-9);
  });

  test('errors of 120 numbers', () => {
    const given = oracle?.regression;

    const found = errorsOf(given?.y_true ?? [], given?.y_pred ?? []);

    for (const name of ['mae', 'mse', 'rmse', 'mape', 'msle', 'r2'] as const)
      expectClose(found.get(name), given?.[name] ?? Number.NaN, 1e-12);
    expectClose(found.get('medianAbsoluteError'), given?.median_ae ?? Number.NaN, 1e-12);
  });
});

describe.skipIf(!oraclesPresent())('the car prices of NannyML: realised errors', () => {
  const METRICS = ['mae', 'mape', 'mse', 'msle', 'rmse', 'rmsle'] as const;
  const CHUNK = 6000;

  async function chunksOf(files: readonly string[]) {
    const columns = await readColumns(files, ['y_true', 'y_pred']);
    const [actuals, predictions] = ['y_true', 'y_pred'].map((name) => (columns.get(name) ?? []).map(Number)) as [number[], number[]];
    return Array.from({ length: actuals.length / CHUNK }, (_, index) =>
      errorsOf(actuals.slice(index * CHUNK, (index + 1) * CHUNK), predictions.slice(index * CHUNK, (index + 1) * CHUNK)),
    );
  }

  test('20 chunks of the computed table', async () => {
    const expected = readCsv('expected/computed/carprice_realized.csv');

    const found = await chunksOf(['data/reference_synthetic_car_price.parquet', 'data/monitoring_synthetic_car_price.parquet']);

    expect(found).toHaveLength(expected.length);
    for (const [index, row] of expected.entries()) {
      for (const metric of METRICS) expectClose(found[index]?.get(metric), Number(row[`${metric}_value`]), 1e-9);
    }
  });

  test('10 chunks that their tests assert', async () => {
    const KEY = 'tests.performance_calculation.metrics.test_regression::test_metric_values_are_calculated_correctly';
    type Cases = Record<string, { cases: { metric: (typeof METRICS)[number]; expected: number[] }[] }>;
    const cases = readOracle<Cases>('unit/nannyml_tests_expected.json')[KEY]?.cases ?? [];

    const found = await chunksOf(['data/monitoring_synthetic_car_price.parquet']);

    expect(cases).toHaveLength(6);
    for (const { metric, expected } of cases) {
      for (const [index, figure] of expected.entries()) {
        expect(Math.abs((found[index]?.get(metric) ?? Number.NaN) - figure)).toBeLessThan(6e-6 * Math.max(1, figure));
      }
    }
  });
});
