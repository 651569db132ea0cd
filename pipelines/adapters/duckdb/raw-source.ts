import { requireColumns } from './direct-file.ts';
import type { Engine } from './engine.ts';
import type { LogField } from './log-fields.ts';
import { quoteName, quoteText } from './quote.ts';
import { requireText } from './require-text.ts';
import { csvHeader, jsonNames, readTextHead, requireWholeGzip } from './text-head.ts';

export type LogFormat = 'parquet' | 'csv' | 'jsonl';

/** What to stage a file for. */
export interface StageRequest {
  readonly format: LogFormat;
  readonly fields: readonly LogField[];
  /** Tells the staged files of one engine apart. */
  readonly number: number;
}

/** A file as DuckDB reads it before anything is believed about it. */
export interface RawSource {
  /** Table function call; for text files every column is text. */
  readonly from: string;
  /** Names of the columns that can be selected. */
  readonly names: readonly string[];
  /** Table in which the CSV reader notes the lines that it could not read. */
  readonly rejects: string | null;
  /** Fields that were not seen at the head of a JSON Lines file: absent keys are missing values there, so absence shows only at the end. */
  readonly unseen: readonly LogField[];
}

/** Opens a file for staging. Throws a UserError when a column is missing from its header, or when a gzip file is cut short. */
export async function openRawSource(engine: Engine, path: string, { format, fields, number }: StageRequest): Promise<RawSource> {
  if (format === 'parquet') return parquetSource(engine, path, fields);
  await requireWholeGzip(path);
  const head = await readTextHead(path);
  requireText(path, head, format);
  return format === 'csv' ? csvSource(path, head, { fields, number }) : jsonSource(path, head, fields);
}

async function parquetSource(engine: Engine, path: string, fields: readonly LogField[]): Promise<RawSource> {
  const schema = await engine.query(`SELECT name FROM parquet_schema(${quoteText(path)}) WHERE duckdb_type IS NOT NULL`);
  const names = schema.texts('name').filter((name) => name !== null);
  requireColumns(path, names, fields);
  return { from: `read_parquet(${quoteText(path)})`, names, rejects: null, unseen: [] };
}

function csvSource(path: string, head: string, { fields, number }: Omit<StageRequest, 'format'>): RawSource {
  const { names: written, separator } = csvHeader(head);
  requireColumns(path, written, fields);
  const names = toldApart(written);
  const rejects = `rejected_lines_${number}`;
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false',
    'header = true',
    `delim = ${quoteText(separator)}`,
    "quote = '\"'",
    "escape = '\"'",
    `columns = {${columns}}`,
    'store_rejects = true',
    `rejects_table = ${quoteText(rejects)}`,
    `rejects_scan = 'rejected_scans_${number}'`,
    'rejects_limit = 0',
  ];
  return { from: `read_csv(${quoteText(path)}, ${options.join(', ')})`, names, rejects, unseen: [] };
}

/** Columns without a name (an index that pandas wrote) or with one that came before (DuckDB knows no case) get one that tells them apart. */
function toldApart(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const known = name.toLowerCase();
    if (name !== '' && !taken.has(known)) {
      taken.add(known);
      return name;
    }
    return `${name} (column ${index + 1})`;
  });
}

function jsonSource(path: string, head: string, fields: readonly LogField[]): RawSource {
  const seen = new Set(jsonNames(head));
  const names = [...new Set(fields.map((field) => field.source))].filter((name) => name !== '');
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  const options = `format = 'newline_delimited', ignore_errors = true, columns = {${columns}}`;
  const unseen = fields.filter((field) => field.required && !seen.has(field.source));
  return { from: `read_json(${quoteText(path)}, ${options})`, names, rejects: null, unseen };
}

/** A field as a value of its kind. Truth values are 1 and 0; other text that is no number becomes NaN, so that it is counted and not mistaken for missing. */
export function typedValue(field: LogField, names: readonly string[]): string {
  if (!names.includes(field.source)) return `NULL::${SQL_TYPE[field.kind]}`;
  const text = `NULLIF(${quoteName(field.source)}::VARCHAR, '')`;
  if (field.kind === 'text') return text;
  if (field.kind === 'time') return `coalesce(TRY_CAST(${text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC', ${epochTime(text)})`;
  const truth = `CASE lower(${text}) WHEN 'true' THEN 1::DOUBLE WHEN 'false' THEN 0::DOUBLE END`;
  return `CASE WHEN ${text} IS NOT NULL THEN coalesce(TRY_CAST(${text} AS DOUBLE), ${truth}, 'NaN'::DOUBLE) END`;
}

/** From 1973 to 2286 the size of a number of seconds, or of their thousandths, millionths or billionths, since the epoch tells which it is. */
const EPOCH_UNITS = [1e8, 1e11, 1e14, 1e17].map((least, index) => ({ least, perSecond: 1000 ** index }));

/** A number of seconds, milliseconds, microseconds or nanoseconds since the epoch as a time, in SQL; NULL for anything else. */
function epochTime(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  const cases = EPOCH_UNITS.map(
    ({ least, perSecond }) =>
      `WHEN ${number} >= ${least} AND ${number} < ${least * 100} THEN make_timestamp(round(${number} / ${perSecond} * 1e6)::BIGINT)`,
  );
  return `CASE ${cases.join(' ')} END`;
}

const SQL_TYPE = { text: 'VARCHAR', time: 'TIMESTAMP', number: 'DOUBLE' } as const;
