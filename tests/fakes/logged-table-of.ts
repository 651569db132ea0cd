import type { CellValue, LoggedTable } from '../../pipelines/core/registry/first-definition/logged-table.ts';
import type { ComparedColumn } from '../../pipelines/core/signals/drift-sheet/compared-table.ts';

/** A table as the reader of files would give it: numbers, ISO dates as times, texts of three words or more, and categories. */
export function loggedTableOf(columns: Readonly<Record<string, readonly CellValue[]>>): LoggedTable {
  const rows = Math.max(...Object.values(columns).map(({ length }) => length));
  return { rows, of: rows, columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, columnOf(values)])) };
}

function columnOf(values: readonly CellValue[]): ComparedColumn {
  const filled = values.filter((value) => value !== null);
  if (filled.length === 0) return { kind: 'empty', rows: values.length };
  if (filled.every((value) => typeof value === 'number'))
    return { kind: 'numeric', values: Float64Array.from(values, (value) => Number(value ?? Number.NaN)) };
  const texts = values.map((value) => (value === null ? null : String(value)));
  const isTime = texts.every((text) => text === null || /^\d{4}-\d{2}-\d{2}T/.test(text));
  if (isTime) return { kind: 'time', values: Float64Array.from(texts, (text) => (text === null ? Number.NaN : Date.parse(text) / 1000)) };
  return { kind: texts.some((text) => (text ?? '').split(' ').length > 2) ? 'text' : 'categorical', values: texts };
}
