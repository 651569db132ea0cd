import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { cubeMetrics } from '../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import { chiSquareTest } from '../../pipelines/core/statistics/chi-square-test.ts';
import { hellingerDistance } from '../../pipelines/core/statistics/hellinger.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../../pipelines/core/statistics/kolmogorov-smirnov.ts';
import { lInfinity } from '../../pipelines/core/statistics/l-infinity.ts';
import { wasserstein } from '../../pipelines/core/statistics/wasserstein.ts';
import { expectClose } from './expect-close.ts';
import { oraclePath, oraclesPresent } from './read-oracle.ts';

const CHUNK = 5000;
const CATEGORIES = ['salary_range', 'size_of_downpayment'] as const;
const NUMBERS = ['car_value', 'debt_to_income_ratio', 'driver_tenure'] as const;
type Loan = Readonly<Record<(typeof CATEGORIES)[number], string> & Record<(typeof NUMBERS)[number] | 'repaid' | 'y_pred_proba', number>>;

async function loans(file: string): Promise<Loan[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(`select * from read_parquet('${oraclePath(`data/${file}`)}')`);
  connection.closeSync();
  return result.getRowObjects() as unknown as Loan[];
}

/** Rows of a CSV by column name; none of these files quotes a comma. */
function csv(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(oraclePath(`expected/computed/${name}`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [head.split(',')[index] ?? '', cell])));
}

function counts(rows: readonly Loan[], column: (typeof CATEGORIES)[number], values: readonly string[]): number[] {
  const found = new Map<string, number>();
  for (const row of rows) found.set(row[column], (found.get(row[column]) ?? 0) + 1);
  return values.map((value) => found.get(value) ?? 0);
}

describe.skipIf(!oraclesPresent())('the car loans of NannyML, in 20 chunks of 5,000', () => {
  let reference: Loan[] = [];
  let chunks: Loan[][] = [];

  beforeAll(async () => {
    reference = await loans('reference_synthetic_car_loan.parquet');
    const all = [...reference, ...(await loans('monitoring_synthetic_car_loan.parquet'))];
    chunks = Array.from({ length: all.length / CHUNK }, (_, index) => all.slice(index * CHUNK, (index + 1) * CHUNK));
  });

  test('realised metrics from label cubes', () => {
    const [expected, money] = [csv('carloan_realized.csv'), csv('carloan_realized_bv_none.csv')];
    // The data set calls 0.65 and above positive; scores are rounded to 0.01, so 0.645 makes the same calls.
    const worth = { threshold: 0.645, truePositive: 50, falsePositive: -10, falseNegative: -50, trueNegative: 5 };
    const text = { currency: 'USD', assumption: 'oracle', assumedOn: '2026-01-01', owner: 'oracle' };

    for (const [index, rows] of chunks.entries()) {
      // One of the files stores the label as a 64-bit integer.
      const labels = rows.map(({ repaid }) => Number(repaid));
      const window = { start: '2018-01-01T00:00:00Z', end: '2019-01-01T00:00:00Z' };
      const cube = cubeOf({ scores: rows.map(({ y_pred_proba }) => y_pred_proba), labels, window, modelVersion: null });
      const estimates = cubeMetrics(cube, { ...worth, ...text });
      const found = (name: MetricName) => estimates.find(({ metric }) => metric === name)?.value;
      const figure = (name: string) => Number(expected[index]?.[`${name}_value`]);
      expectClose(found('rocAuc'), figure('roc_auc'), 1e-9);
      for (const name of ['accuracy', 'f1', 'precision', 'recall'] as const) expectClose(found(name), figure(name), 1e-9);
      expectClose((found('valuePerPrediction') ?? Number.NaN) * CHUNK, Number(money[index]?.['business_value_value']), 1e-9);
    }

    expect(chunks).toHaveLength(20);
  });

  test('distances and chi-square of categories', () => {
    const expected = csv('carloan_univariate.csv');

    for (const column of CATEGORIES) {
      const values = [...new Set(chunks.flat().map((row) => row[column]))];
      const before = counts(reference, column, values);
      for (const [index, rows] of chunks.entries()) {
        const after = counts(rows, column, values);
        const figure = (name: string) => Number(expected[index]?.[`${column}_${name}_value`]);
        expectClose(jensenShannonDistance(before, after), figure('jensen_shannon'), 1e-9);
        expectClose(hellingerDistance(before, after), figure('hellinger'), 1e-9);
        expectClose(lInfinity(before, after).value, figure('l_infinity'), 1e-9);
        expectClose(chiSquareTest(before, after).statistic, figure('chi2'), 1e-9);
      }
    }
  });

  test('Kolmogorov-Smirnov and Wasserstein of numbers, which NannyML takes from 10,000 bins', () => {
    const expected = csv('carloan_univariate.csv');
    const points = (rows: readonly Loan[], column: (typeof NUMBERS)[number]) => rows.map((row) => ({ value: row[column], weight: 1 }));

    for (const column of NUMBERS) {
      const before = reference.map((row) => row[column]);
      const range = Math.max(...before) - Math.min(...before);
      for (const index of [0, 10, 15, 19]) {
        const rows = chunks[index] ?? [];
        const ks = kolmogorovSmirnov(
          before,
          rows.map((row) => row[column]),
          'asymptotic',
        );
        const moved = wasserstein(points(reference, column), points(rows, column));
        expect(Math.abs(ks.statistic - Number(expected[index]?.[`${column}_kolmogorov_smirnov_value`]))).toBeLessThan(1e-3);
        expect(Math.abs(moved - Number(expected[index]?.[`${column}_wasserstein_value`])) / range).toBeLessThan(1e-4);
      }
    }
  });
});
