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

// Footers hold smallest and largest values as text.
function statistic(name: string): string {
  return `CASE WHEN s.duckdb_type LIKE 'TIMESTAMP%' OR s.duckdb_type = 'DATE' THEN epoch(TRY_CAST(m.${name} AS TIMESTAMPTZ))
    ELSE TRY_CAST(m.${name} AS DOUBLE) END`;
}

async function readColumns(engine: Engine, files: string): Promise<ReadonlyMap<string, Footer>> {
  const table = await engine.query(`
SELECT s.file_name AS file_name, s.name AS name, coalesce(sum(m.row_group_num_rows), 0)::DOUBLE AS rows, coalesce(any_value(s.duckdb_type), ${quoteText(NESTED)}) AS type,
  CASE WHEN count(*) = count(m.stats_null_count) AND (any_value(s.duckdb_type) <> 'VARCHAR' OR min(m.stats_min_value) > '') THEN sum(m.stats_null_count)::DOUBLE END AS nulls,
  CASE WHEN count(*) = count(m.stats_min_value) THEN min(${statistic('stats_min_value')}) END AS minimum,
  CASE WHEN count(*) = count(m.stats_max_value) THEN max(${statistic('stats_max_value')}) END AS maximum,
  CASE WHEN bool_and(m.min_is_exact AND m.max_is_exact AND m.stats_null_count = 0 AND s.duckdb_type = 'VARCHAR')
    AND count(*) = count(m.stats_min_value) AND min(m.stats_min_value) = max(m.stats_max_value) THEN min(m.stats_min_value) END AS constant
FROM parquet_schema(${files}) s LEFT JOIN parquet_metadata(${files}) m ON m.file_name = s.file_name AND m.path_in_schema = s.name
WHERE s.duckdb_type IS NOT NULL OR s.num_children > 0 GROUP BY s.file_name, s.name ORDER BY s.file_name, rows DESC`);
  const [fileNames, names, types, constants] = ['file_name', 'name', 'type', 'constant'].map((column) => table.texts(column));
  const [rows, nulls, minima, maxima] = ['rows', 'nulls', 'minimum', 'maximum'].map((column) => table.numbers(column));
  // Nested columns have no statistics, and so no rows: each file begins with a column that has.
  const byFile = new Map<string, { readonly rows: number; readonly columns: Map<string, FooterColumn> }>();
  for (let row = 0; row < table.rowCount; row += 1) {
    const file = fileNames?.[row] ?? '';
    const footer = byFile.get(file) ?? { rows: rows?.[row] ?? 0, columns: new Map<string, FooterColumn>() };
    byFile.set(file, footer);
    footer.columns.set(names?.[row] ?? '', {
      type: types?.[row] ?? '',
      minimum: numberOrNull(minima?.[row]),
      maximum: numberOrNull(maxima?.[row]),
      nulls: numberOrNull(nulls?.[row]),
      constant: constants?.[row] ?? null,
    });
  }
  return byFile;
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
