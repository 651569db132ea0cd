import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { oraclePath } from './read-oracle.ts';

export type OracleRow = Readonly<Record<string, unknown>>;

/** Some columns of the rows of a Parquet file of the oracles. */
export async function parquetRows(file: string, columns: readonly string[]): Promise<OracleRow[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(`select ${columns.join(', ')} from read_parquet('${oraclePath(`data/${file}`)}')`);
  connection.closeSync();
  return result.getRowObjects();
}

/** Rows of a CSV of expected figures by column name; none of the files used quotes a comma. */
export function expectedRows(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(oraclePath(`expected/${name}`), 'utf8')
    .trim()
    .split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
}

/** A data set of the oracles, and the columns that a test reads. */
export interface DataSet {
  readonly name: string;
  readonly columns: readonly string[];
}

export const LOANS: DataSet = { name: 'synthetic_car_loan', columns: ['y_pred_proba', 'y_pred', 'repaid'] };
export const PRICES: DataSet = { name: 'synthetic_car_price', columns: ['y_true', 'y_pred'] };

/** Reference and monitoring rows of one data set, in chunks of equal size. */
export async function chunksOf(file: DataSet, size: number): Promise<{ reference: OracleRow[]; chunks: OracleRow[][] }> {
  const { name, columns } = file;
  const reference = await parquetRows(`reference_${name}.parquet`, columns);
  const all = [...reference, ...(await parquetRows(`monitoring_${name}.parquet`, columns))];
  return { reference, chunks: Array.from({ length: all.length / size }, (_, index) => all.slice(index * size, (index + 1) * size)) };
}

/** One column as numbers. */
export function numbersOf(rows: readonly OracleRow[], column: string): Float64Array {
  return Float64Array.from(rows, (row) => Number(row[column]));
}
