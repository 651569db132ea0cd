import type { ComparedColumn } from '../../signals/drift-sheet/compared-table.ts';
import { cellAt, type LoggedTable } from './logged-table.ts';

/**
 * The rows of several files of one log, one file after the other. A column that a file lacks is missing there; one that is numbers here and names there is names. The
 * empty list gives no rows. O(rows · columns).
 */
export function joinTables(tables: readonly LoggedTable[]): LoggedTable {
  const [only] = tables;
  if (only !== undefined && tables.length === 1) return only;
  const names = [...new Set(tables.flatMap(({ columns }) => Object.keys(columns)))];
  return {
    rows: sum(tables.map(({ rows }) => rows)),
    of: sum(tables.map(({ of }) => of)),
    columns: Object.fromEntries(
      names.map((name) => [name, joined(tables.map(({ rows, columns }) => columns[name] ?? { kind: 'empty' as const, rows }))]),
    ),
  };
}

function joined(parts: readonly ComparedColumn[]): ComparedColumn {
  const kinds = new Set(parts.flatMap(({ kind }) => (kind === 'empty' ? [] : [kind])));
  const [kind] = kinds;
  if (kind === undefined) return { kind: 'empty', rows: sum(parts.map(lengthOf)) };
  const cells = parts.flatMap((part) => Array.from({ length: lengthOf(part) }, (_, row) => cellAt(part, row)));
  if (kinds.size === 1 && (kind === 'numeric' || kind === 'time'))
    return { kind, values: Float64Array.from(cells, (value) => Number(value ?? Number.NaN)) };
  const texts = cells.map((value) => (value === null ? null : String(value)));
  return { kind: kinds.has('text') ? 'text' : 'categorical', values: texts };
}

function lengthOf(column: ComparedColumn): number {
  return column.kind === 'empty' ? column.rows : column.values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
