import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OutsideError } from '../../core/errors/outside-error.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { phraseQuantity } from '../../core/schema/phrase-number.ts';
import { type Engine, openEngine } from './engine.ts';
import { type LogFormat, openRawSource } from './raw-source.ts';
import { jsonNames, readTextHead } from './text-head.ts';

const FORMATS: readonly (readonly [ending: RegExp, format: LogFormat])[] = [
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(csv|tsv|txt)(\.gz)?$/i, 'csv'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'jsonl'],
];
const MEMORY_LIMIT = '2GB';
const ROW = 'holdfast_row';

/** A file of rows as a table `rows` of an engine of its own; `ROW` numbers the rows of the file. */
export interface OpenTableFile {
  readonly engine: Engine;
  /** Columns in the order of the file, with DuckDB's name of their type. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: number;
  /** Lines that could not be read. */
  readonly unreadable: number;
}

/** Name of the column that numbers the rows of a file. */
export const ROW_NUMBER = ROW;

/**
 * Opens a CSV, JSON Lines (plain or gzipped) or Parquet file by its ending. The engine reads nothing outside the folder of the file. Throws a UserError: FILE_MISSING,
 * FILE_FORMAT_UNKNOWN, FILE_EMPTY, FILE_UNREADABLE, LOG_FILE_UNREADABLE. The caller closes the engine.
 */
export async function openTableFile(path: string, threads = 2): Promise<OpenTableFile> {
  const format = FORMATS.find(([ending]) => ending.test(path))?.[1];
  await requireFile(path, format);
  if (format === undefined) throw unknownFormat(path);
  const engine = await openEngine({ dataRoot: dirname(path), memoryLimit: MEMORY_LIMIT, threads });
  try {
    return await loaded(engine, path, format);
  } catch (error) {
    engine.close();
    throw error instanceof OutsideError ? unreadable(path, error) : error;
  }
}

async function loaded(engine: Engine, path: string, format: LogFormat): Promise<OpenTableFile> {
  const written = format === 'jsonl' ? jsonNames(await readTextHead(path)) : [];
  const fields = written.map((source) => ({ source, as: source, kind: 'text' as const, required: false }));
  const source = await openRawSource(engine, path, { format, fields, number: 1 });
  if (source.names.length === 0) throw empty(path);
  await engine.run(`CREATE TEMP TABLE rows AS SELECT row_number() OVER () AS ${ROW}, * FROM ${source.from}`);
  const described = await engine.query(
    "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'rows' ORDER BY column_index",
  );
  const types = described.texts('data_type');
  const columns = described
    .texts('column_name')
    .flatMap((name, place) => (name === null || name === ROW ? [] : [{ name, type: types[place] ?? '' }]));
  const rows = (await engine.query('SELECT count(*)::DOUBLE AS n FROM rows')).numbers('n')[0] ?? 0;
  const rejected = source.rejects === null ? NOTHING_REJECTED : rejectedLines(source.rejects);
  const bad = await engine.query(rejected);
  const unreadable = bad.numbers('n')[0] ?? 0;
  if (rows === 0 && unreadable > 0) throw allUnreadable(path, unreadable, bad.texts('why')[0] ?? '');
  if (rows === 0) throw empty(path);
  return { engine, columns, rows, unreadable };
}

const NOTHING_REJECTED = "SELECT 0::DOUBLE AS n, '' AS why";

function rejectedLines(table: string): string {
  return `SELECT count(DISTINCT line)::DOUBLE AS n, any_value(error_message) AS why FROM ${table}`;
}

async function requireFile(path: string, format: LogFormat | undefined): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() === true && found.size === 0 && format !== undefined && format !== 'parquet') throw empty(path);
  if (found?.isFile() === true) return;
  throw new UserError({
    code: 'FILE_MISSING',
    message: found === null ? `there is no file ${path}` : `${path} is a folder`,
    hint: 'give the path of one CSV, JSON Lines or Parquet file, from where you stand',
  });
}

function unknownFormat(path: string): UserError {
  return new UserError({
    code: 'FILE_FORMAT_UNKNOWN',
    message: `the ending of ${path} says no format that Holdfast reads`,
    hint: 'rename it to .csv, .tsv, .jsonl (each may end in .gz) or .parquet',
  });
}

function empty(path: string): UserError {
  return new UserError({
    code: 'FILE_EMPTY',
    message: `${path} holds no row`,
    hint: 'a CSV file needs a line of column names and a line of values',
  });
}

function allUnreadable(path: string, lines: number, why: string): UserError {
  return new UserError({
    code: 'FILE_UNREADABLE',
    message: `none of the ${phraseQuantity(lines, 'line')} of ${path} could be read, e.g.: ${why.split('\n', 1)[0] ?? ''}`,
    hint: 'save it as UTF-8, with the same number of cells in every line',
  });
}

function unreadable(path: string, cause: OutsideError): UserError {
  return new UserError({
    code: 'FILE_UNREADABLE',
    message: `${path} cannot be read: ${cause.message.replace('The log could not be read: ', '')}`,
    hint: 'check that the file is complete and that its ending says its format',
    cause,
  });
}
