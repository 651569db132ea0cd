import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { nextValue } from '../../pipelines/core/statistics/intervals/prediction-interval.ts';
import { weightedMoments } from '../../pipelines/core/statistics/intervals/weighted-moments.ts';
import { type FeatureTable, takeRows } from '../../pipelines/core/statistics/multivariate/feature-table.ts';
import { principalComponents, reconstructionErrors } from '../../pipelines/core/statistics/multivariate/principal-components.ts';
import {
  crossFittedErrors,
  learnReconstruction,
  reconstructionError,
} from '../../pipelines/core/statistics/multivariate/reconstruction-error.ts';
import { carLoans } from './car-loan-rows.ts';
import { expectClose } from './expect-close.ts';
import { oraclePath, oraclesPresent, readOracle } from './read-oracle.ts';

type Row = Readonly<Record<string, unknown>>;

async function read(file: string): Promise<Row[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(`select * from read_parquet('${oraclePath(file)}')`);
  connection.closeSync();
  return result.getRowObjects();
}

function tableOf(
  rows: readonly Row[],
  columns: { readonly numeric: readonly string[]; readonly categorical: readonly string[] },
): FeatureTable {
  return {
    rows: rows.length,
    numeric: columns.numeric.map((name) => Float64Array.from(rows, (row) => Number(row[name]))),
    categorical: columns.categorical.map((name) => {
      const values = [...new Set(rows.map((row) => String(row[name])))].sort();
      return Int32Array.from(rows, (row) => values.indexOf(String(row[name])));
    }),
  };
}

function csv(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(oraclePath(name), 'utf8').trim().split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [head.split(',')[index] ?? '', cell])));
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe.skipIf(!oraclesPresent())('PCA reconstruction error against other tools', () => {
  test('scikit-learn on 60 rows', () => {
    const oracle = readOracle<{
      pca_reconstruction: {
        X: number[][];
        n_components: number;
        explained_variance_ratio_all: number[];
        mean_error: number;
        std_ddof1: number;
      };
    }>('unit/reference_statistics_scipy_sklearn.json').pca_reconstruction;
    const columns = range(0, 5).map((column) => Float64Array.from(oracle.X, (row) => row[column] ?? Number.NaN));

    const components = principalComponents(columns, 0.65);
    const errors = weightedMoments(Array.from(reconstructionErrors(components, columns), (value) => ({ value, weight: 1 })));

    expect(components.axes).toHaveLength(oracle.n_components);
    for (const [index, share] of oracle.explained_variance_ratio_all.entries()) expectClose(components.varianceShares[index], share, 1e-8);
    expectClose(errors?.mean, oracle.mean_error, 1e-9);
    expectClose(Math.sqrt(errors?.variance ?? Number.NaN), oracle.std_ddof1, 1e-9);
  });

  test('NannyML on its car loans: every chunk, with its standard error, as computed and as published', async () => {
    const all = await carLoans();
    const first = takeRows(all, range(0, all.rows / 2));
    const computed = csv('expected/computed/carloan_pca.csv');
    const published = [...csv('expected/published/carloan_pca__cell7.csv'), ...csv('expected/published/carloan_pca__cell5.csv')];

    const learnt = learnReconstruction(first);
    const found = range(0, 20).map((chunk) => reconstructionError(learnt, takeRows(all, range(chunk * 5000, (chunk + 1) * 5000))));

    for (const [chunk, error] of found.entries()) {
      expectClose(error?.mean, Number(computed[chunk]?.['reconstruction_error_value']), 1e-9);
      expectClose(error?.standardError, Number(computed[chunk]?.['reconstruction_error_sampling_error']), 1e-9);
      expectClose(error?.mean, Number(published[chunk]?.['reconstruction_error.value']), 1e-5);
    }
    expect(found).toHaveLength(20);

    // Ours by design: thresholds from chunks that took no part in what they are scored against, with Student's t.
    const next = nextValue(
      crossFittedErrors(
        first,
        Float64Array.from(range(0, 50_000), (row) => Math.floor(row / 5000)),
      ),
    );
    const alerts = found.slice(10).map((error) => (next?.pValueOf(error?.mean ?? Number.NaN) ?? 1) < 0.01);
    expect(alerts).toEqual([false, false, false, false, false, true, true, true, true, true]);
  });

  test('NannyML on the drifting fixture of its own tests', async () => {
    const rows = await read('unit/nannyml_sample_drift_data.parquet');
    const all = tableOf(rows, { numeric: ['f1', 'f2', 'f3'], categorical: ['f4'] });
    const learnt = learnReconstruction(takeRows(all, range(0, 10_080)));
    const cases =
      readOracle<Record<string, { cases: { calculator_opts: Record<string, unknown>; expected: number[] }[] }>>(
        'unit/nannyml_tests_expected.json',
      )['tests.drift.test_multiv_pca::test_data_reconstruction_drift_calculator_works_with_chunker']?.cases;
    const months = rows.map(({ timestamp }) => String(timestamp).slice(0, 7));
    const ends = [...new Set(months)].map((month) => months.lastIndexOf(month) + 1);

    for (const { calculator_opts: options, expected } of cases ?? []) {
      const size = Number(options['chunk_size'] ?? rows.length / expected.length);
      const isByMonth = options['chunk_period'] === 'M';
      const bounds = expected.map((_, chunk): [number, number] =>
        isByMonth ? [ends[chunk - 1] ?? 0, ends[chunk] ?? 0] : [chunk * size, Math.min(rows.length, (chunk + 1) * size)],
      );
      for (const [chunk, [from, to]] of bounds.entries()) {
        const error = reconstructionError(learnt, takeRows(all, range(from, to)));
        expectClose(error?.mean, expected[chunk] ?? Number.NaN, options['chunk_size'] === undefined ? 1e-9 : 1e-5);
      }
    }
    expect(cases).toHaveLength(7);
  });
});
