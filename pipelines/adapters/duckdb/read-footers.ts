import { UserError } from '../../core/errors/user-error.ts';
import type { Engine } from './engine.ts';
import { quoteText, quoteTexts } from './quote.ts';

/** The type of a column of lists or records, which are no single values. */
export const NESTED = 'NESTED';

/** What the footer of a Parquet file tells without reading a row. */
export interface Footer {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, FooterColumn>;
}

export interface FooterColumn {
  /** DuckDB's name of its type. */
  readonly type: string;
  /** Smallest and largest value of numbers, and of times in seconds since the epoch; null for other types and where a row group does not say. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Rows without a value (NULL; for text also the empty one counts as none); null where a row group does not say. */
  readonly nulls: number | null;
  /** The only value of a text column; null where there are several, or where a row group does not say. */
  readonly constant: string | null;
}

/** Reads the footers of Parquet files, by path. Throws a UserError that names the file which is no whole Parquet file. */
export async function readFooters(engine: Engine, paths: readonly string[]): Promise<ReadonlyMap<string, Footer>> {
  if (paths.length === 0) return new Map();
  const files = quoteTexts(paths);
  try {
    return await readColumns(engine, files);
  } catch (cause) {
    if (paths.length > 1) return readOneByOne(engine, paths);
    throw new UserError({
      code: 'LOG_FILE_UNREADABLE',
      message: `${paths[0]} is not a whole Parquet file: it may be cut short, or still being written.`,
      hint: 'Write log files under another name first and rename them when they are complete; then restore or remove this one. A file of another format needs logs.format or labels.format of model.yml corrected.',
      cause,
    });
  }
}

async function readOneByOne(engine: Engine, paths: readonly string[]): Promise<ReadonlyMap<string, Footer>> {
  const footers = new Map<string, Footer>();
  for (const path of paths) for (const [file, footer] of await readFooters(engine, [path])) footers.set(file, footer);
  return footers;
}

/** What a file states of its columns, and what its row groups tell of them, are read apart: joined in SQL they cost three times as much. */
async function readColumns(engine: Engine, files: string): Promise<ReadonlyMap<string, Footer>> {
  const types = await readTypes(engine, files);
  const names = [
    ...new Set([...types.values()].flatMap((columns) => [...columns].flatMap(([name, type]) => (isTime(type) ? [name] : [])))),
  ];
  const table = await engine.query(statisticsQuery(files, names));
  const rows = new Map<string, number>();
  const told = new Map<string, Omit<FooterColumn, 'type'>>();
  const [fileNames, columns, constants] = ['file_name', 'name', 'constant'].map((column) => table.texts(column));
  const [counts, nulls, minima, maxima, blank] = ['rows', 'nulls', 'minimum', 'maximum', 'blank'].map((column) => table.numbers(column));
  for (let row = 0; row < table.rowCount; row += 1) {
    const [file, name] = [fileNames?.[row] ?? '', columns?.[row] ?? ''];
    const isText = types.get(file)?.get(name) === 'VARCHAR';
    rows.set(file, Math.max(rows.get(file) ?? 0, counts?.[row] ?? 0));
    told.set(`${file}\n${name}`, {
      minimum: numberOrNull(minima?.[row]),
      maximum: numberOrNull(maxima?.[row]),
      nulls: isText && blank?.[row] !== 0 ? null : numberOrNull(nulls?.[row]),
      constant: isText ? (constants?.[row] ?? null) : null,
    });
  }
  return new Map([...types].map(([file, named]) => [file, { rows: rows.get(file) ?? 0, columns: columnsOf(file, named, told) }]));
}

type ColumnTypes = ReadonlyMap<string, string>;

/** Types by name of column, by file. A name may also come in a list or record; the type that a value has goes before. */
async function readTypes(engine: Engine, files: string): Promise<ReadonlyMap<string, ColumnTypes>> {
  const table = await engine.query(
    `SELECT file_name, name, duckdb_type AS type FROM parquet_schema(${files}) WHERE duckdb_type IS NOT NULL OR num_children > 0`,
  );
  const [fileNames, names, types] = ['file_name', 'name', 'type'].map((column) => table.texts(column));
  const byFile = new Map<string, Map<string, string>>();
  for (let row = 0; row < table.rowCount; row += 1) {
    const file = fileNames?.[row] ?? '';
    const known = byFile.get(file) ?? new Map<string, string>();
    byFile.set(file, known);
    const name = names?.[row] ?? '';
    const type = types?.[row] ?? NESTED;
    if (type !== NESTED || !known.has(name)) known.set(name, type);
  }
  return byFile;
}

function isTime(type: string): boolean {
  return type.startsWith('TIMESTAMP') || type === 'DATE';
}

/** What the row groups of files tell of their columns. Footers hold smallest and largest values as text. */
function statisticsQuery(files: string, times: readonly string[]): string {
  const time = times.length === 0 ? 'false' : `path_in_schema IN (${times.map(quoteText).join(', ')})`;
  const statistic = (name: string) => `CASE WHEN ${time} THEN epoch(TRY_CAST(${name} AS TIMESTAMPTZ)) ELSE TRY_CAST(${name} AS DOUBLE) END`;
  return `SELECT file_name, path_in_schema AS name, sum(row_group_num_rows)::DOUBLE AS rows,
  CASE WHEN count(*) = count(stats_null_count) THEN sum(stats_null_count)::DOUBLE END AS nulls,
  CASE WHEN min(stats_min_value) > '' THEN 0 ELSE 1 END AS blank,
  CASE WHEN count(*) = count(stats_min_value) THEN min(${statistic('stats_min_value')}) END AS minimum,
  CASE WHEN count(*) = count(stats_max_value) THEN max(${statistic('stats_max_value')}) END AS maximum,
  CASE WHEN bool_and(min_is_exact AND max_is_exact AND stats_null_count = 0)
    AND count(*) = count(stats_min_value) AND min(stats_min_value) = max(stats_max_value) THEN min(stats_min_value) END AS constant
FROM parquet_metadata(${files}) GROUP BY file_name, path_in_schema`;
}

/** Lists and records have no statistics. */
function columnsOf(file: string, types: ColumnTypes, told: ReadonlyMap<string, Omit<FooterColumn, 'type'>>): Footer['columns'] {
  const silent = { minimum: null, maximum: null, nulls: null, constant: null };
  return new Map([...types].map(([name, type]) => [name, { ...(told.get(`${file}\n${name}`) ?? silent), type }]));
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
