import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DuckDBInstance } from '@duckdb/node-api';

export type Cell = string | number | boolean | null;
export type LogRow = Readonly<Record<string, Cell>>;

/** Writes rows as a log file; the ending of the name says the format: .csv, .jsonl, either with .gz, or .parquet. */
export async function writeLog(root: string, name: string, rows: readonly LogRow[]): Promise<void> {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  if (name.endsWith('.parquet')) return writeParquet(path, rows);
  const text = name.includes('.csv') ? csvText(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeText(root, name, text);
}

/** Writes text as it is, packed when the name ends in .gz. */
export function writeText(root: string, name: string, text: string): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
}

/** Rows as CSV text with a header. */
export function csvText(rows: readonly LogRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => csvCell(row[name] ?? null)).join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

function csvCell(value: Cell): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One engine for all files of a process: to start one and to read rows as SQL took nine tenths of the time of a file. */
let writer: Promise<DuckDBInstance> | null = null;

async function openWriter(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return DuckDBInstance.create(':memory:', { threads: '1' });
}

// Times are stored as timestamps, whole numbers as BIGINT, the rest as they are, as production systems do.
async function writeParquet(path: string, rows: readonly LogRow[]): Promise<void> {
  writer ??= openWriter();
  const connection = await (await writer).connect();
  const names = Object.keys(rows[0] ?? {});
  const texts = names.map((name) => `"${name}": 'VARCHAR'`);
  const columns = names.map((name) => `"${name}"::${sqlType(name, rows)} AS "${name}"`);
  const source = `${path}.rows`;
  writeFileSync(
    source,
    rows.map((row) => `${JSON.stringify(Object.fromEntries(names.map((name) => [name, textOf(row[name] ?? null)])))}\n`).join(''),
  );
  const read = `read_json('${source}', format = 'newline_delimited', columns = {${texts.join(', ')}})`;
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM ${read}) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  rmSync(source);
}

function textOf(value: Cell): string | null {
  return value === null ? null : String(value);
}

function sqlType(name: string, rows: readonly LogRow[]): string {
  if (name === 'ts' || name === 'label_ts') return 'TIMESTAMP';
  const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null);
  if (values.length === 0) return 'DOUBLE';
  if (values.every((value) => typeof value === 'number')) return values.every((value) => Number.isInteger(value)) ? 'BIGINT' : 'DOUBLE';
  return 'VARCHAR';
}
