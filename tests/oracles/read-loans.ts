import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { oraclePath } from './read-oracle.ts';

/** Columns of Parquet files of the oracles, one under the other, as plain arrays by name; rows of equal index belong together. */
export async function readColumns(files: readonly string[], columns: readonly string[]): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const found = new Map<string, unknown[]>(columns.map((column) => [column, []]));
  for (const file of files) {
    const result = await connection.runAndReadAll(`select ${columns.join(', ')} from read_parquet('${oraclePath(file)}')`);
    for (const [index, values] of result.getColumnsJS().entries()) found.get(columns[index] ?? '')?.push(...values);
  }
  connection.closeSync();
  return found;
}

/** Rows of a CSV by column name; none of these files quotes a comma. */
export function readCsv(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(oraclePath(name), 'utf8').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])));
}
