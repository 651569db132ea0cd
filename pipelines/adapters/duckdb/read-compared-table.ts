import type { ComparedColumn, ComparedTable } from '../../core/signals/drift-sheet/compared-table.ts';
import { type AskedKind, type InferredColumn, inferKinds, isNested } from './infer-kinds.ts';
import { type OpenTableFile, openTableFile, ROW_NUMBER } from './open-table-file.ts';
import type { ResultTable } from './read-result.ts';

export interface ReadTableRequest {
  readonly path: string;
  /** What the side is called in the sheet. */
  readonly name: string;
  /** At most so many rows, chosen by the hash of their number in the file. */
  readonly limit: number;
  readonly kinds: Readonly<Record<string, AskedKind>>;
}

export interface ReadTable extends ComparedTable {
  /** Lines that could not be read. */
  readonly unreadable: number;
  /** Columns of lists, records or bytes, which were not read. */
  readonly nested: readonly string[];
}

/**
 * Reads a file of rows into columns, with the kind of each. Of a file with more rows than the limit those with the smallest MD5 of their number are taken: the same
 * rows at every run. Rows stay in the order of the file. Throws what `openTableFile` throws.
 */
export async function readComparedTable(request: ReadTableRequest): Promise<ReadTable> {
  const file = await openTableFile(request.path);
  try {
    const columns = await inferKinds(file, request.kinds);
    const result = await file.engine.query(rowsQuery(file, columns, request.limit));
    return {
      name: request.name,
      rows: result.rowCount,
      of: file.rows,
      unreadable: file.unreadable,
      nested: file.columns.flatMap(({ name, type }) => (isNested(type) ? [name] : [])),
      columns: Object.fromEntries(columns.map((column, index) => [column.name, columnOf(column, `v${index}`, result)])),
      notes: Object.fromEntries(columns.filter(({ notes }) => notes.length > 0).map(({ name, notes }) => [name, notes])),
    };
  } finally {
    file.engine.close();
  }
}

function rowsQuery({ rows }: OpenTableFile, columns: readonly InferredColumn[], limit: number): string {
  const chosen = rows <= limit ? 'rows' : `(SELECT * FROM rows ORDER BY md5(${ROW_NUMBER}::VARCHAR), ${ROW_NUMBER} LIMIT ${limit})`;
  const values = columns.map(({ select }, index) => `${select} AS v${index}`);
  return `SELECT ${values.join(', ')} FROM ${chosen} ORDER BY ${ROW_NUMBER}`;
}

function columnOf({ kind }: InferredColumn, as: string, result: ResultTable): ComparedColumn {
  if (kind === 'empty') return { kind, rows: result.rowCount };
  return kind === 'numeric' || kind === 'time' ? { kind, values: result.numbers(as) } : { kind, values: result.texts(as) };
}
