import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { oraclePath } from './read-oracle.ts';

export type OracleRow = Readonly<Record<string, unknown>>;

/** Rows of a Parquet file of the oracles. */
export async function parquetRows(file: string): Promise<OracleRow[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(`select * from read_parquet('${oraclePath(`data/${file}`)}')`);
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

/** Reference and monitoring rows of one data set, in chunks of equal size. */
export async function chunksOf(dataSet: string, size: number): Promise<{ reference: OracleRow[]; chunks: OracleRow[][] }> {
  const reference = await parquetRows(`reference_${dataSet}.parquet`);
  const all = [...reference, ...(await parquetRows(`monitoring_${dataSet}.parquet`))];
  return { reference, chunks: Array.from({ length: all.length / size }, (_, index) => all.slice(index * size, (index + 1) * size)) };
}

/** One column as numbers. */
export function numbersOf(rows: readonly OracleRow[], column: string): Float64Array {
  return Float64Array.from(rows, (row) => Number(row[column]));
}
