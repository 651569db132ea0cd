import { DuckDBInstance } from '@duckdb/node-api';
import type { FeatureTable } from '../../pipelines/core/statistics/multivariate/feature-table.ts';
import { oraclePath } from './read-oracle.ts';

/** Rows of a chunk of the car loans. */
export const CHUNK = 5000;

const NUMERIC = ['car_value', 'debt_to_income_ratio', 'loan_length', 'driver_tenure'];
const CATEGORICAL = ['salary_range', 'repaid_loan_on_prev_car', 'size_of_downpayment'];

/** Names of the columns of `carLoans`, in its order. */
export const CAR_LOAN_FEATURES = [...NUMERIC, ...CATEGORICAL];

/** The seven features of NannyML's car loans: 50,000 reference rows, then 50,000 later ones, of which the last 25,000 drift. */
export async function carLoans(): Promise<FeatureTable> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const files = ['reference', 'monitoring'].map(
    (name) => `select * from read_parquet('${oraclePath(`data/${name}_synthetic_car_loan.parquet`)}')`,
  );
  const rows: Readonly<Record<string, unknown>>[] = [];
  for (const file of files) rows.push(...(await connection.runAndReadAll(file)).getRowObjects());
  connection.closeSync();
  return {
    rows: rows.length,
    numeric: NUMERIC.map((name) => Float64Array.from(rows, (row) => Number(row[name]))),
    categorical: CATEGORICAL.map((name) => {
      const values = [...new Set(rows.map((row) => String(row[name])))].sort();
      return Int32Array.from(rows, (row) => values.indexOf(String(row[name])));
    }),
  };
}
