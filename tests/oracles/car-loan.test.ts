import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { cubeMetrics } from '../../pipelines/core/profile/cube-metrics.ts';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import type { MetricName } from '../../pipelines/core/schema/metric.ts';
import { expectClose } from './expect-close.ts';
import { readCsv } from './read-loans.ts';
import { oraclePath, oraclesPresent } from './read-oracle.ts';

const CHUNK = 5000;
type Loan = Readonly<Record<'repaid' | 'y_pred_proba', number>>;

async function loans(file: string): Promise<Loan[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(`select repaid, y_pred_proba from read_parquet('${oraclePath(`data/${file}`)}')`);
  connection.closeSync();
  return result.getRowObjects() as unknown as Loan[];
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
    const [expected, money] = [
      readCsv('expected/computed/carloan_realized.csv'),
      readCsv('expected/computed/carloan_realized_bv_none.csv'),
    ];
    // The data set calls 0.65 and above positive; scores are rounded to 0.01, so 0.645 makes the same calls.
    const worth = { threshold: 0.645, truePositive: 50, falsePositive: -10, falseNegative: -50, trueNegative: 5 };
    const text = { currency: 'USD', assumption: 'oracle', assumedOn: '2026-01-01', owner: 'oracle' };

    for (const [index, rows] of chunks.entries()) {
      // One of the files stores the label as a 64-bit integer.
      const labels = rows.map(({ repaid }) => Number(repaid));
      const window = { start: '2018-01-01T00:00:00Z', end: '2019-01-01T00:00:00Z' };
      const cube = cubeOf({ scores: rows.map(({ y_pred_proba }) => y_pred_proba), labels, window, modelVersion: null });
      const estimates = cubeMetrics(cube, { task: 'binary', businessValue: { ...worth, ...text } });
      const found = (name: MetricName) => estimates.find(({ metric }) => metric === name)?.value;
      const figure = (name: string) => Number(expected[index]?.[`${name}_value`]);
      expectClose(found('rocAuc'), figure('roc_auc'), 1e-9);
      for (const name of ['accuracy', 'f1', 'precision', 'recall'] as const) expectClose(found(name), figure(name), 1e-9);
      expectClose((found('valuePerPrediction') ?? Number.NaN) * CHUNK, Number(money[index]?.['business_value_value']), 1e-9);
    }

    expect(chunks).toHaveLength(20);
  });
});
