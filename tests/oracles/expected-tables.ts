import { readFileSync } from 'node:fs';
import { oraclePath } from './read-oracle.ts';

/** A table of expected figures: cells by column, the columns named as the computed tables name them (`roc_auc_value`), empty cells left out. */
export type ExpectedRow = Readonly<Record<string, string>>;

/** Rows of `expected/<name>.csv` (or of a table beside that folder), whichever of the three ways its columns are named. */
export function expectedTable(name: string): ExpectedRow[] {
  const [head = '', ...lines] = readFileSync(oraclePath(`expected/${name}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = cellsOf(head).map(plainName);
  return lines.map((line) =>
    Object.fromEntries(
      cellsOf(line).flatMap((cell, index) => {
        const column = names[index] ?? '';
        return column === '' || cell === '' || cell === 'nan' ? [] : [[column, column.endsWith('_date') ? plainTime(cell) : cell]];
      }),
    ),
  );
}

/** What is measured in a table: the part of its columns before `_value`, `_alert` and so on. */
export function stemsOf(rows: readonly ExpectedRow[]): string[] {
  const ends = '_alert';
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((column) => column.endsWith(ends))
    .map((column) => column.slice(0, -ends.length));
}

/** Cells of one line; only names of columns are quoted, and hold commas. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((cell) => cell.replaceAll('"', ''));
}

/** chunk.chunk.key, chunk.key, chunk_key and ('chunk', 'key') are one name. */
function plainName(name: string): string {
  return name
    .replaceAll(/[()' ]/g, '')
    .replaceAll(/[.,]/g, '_')
    .replace(/^(chunk_)+/, 'chunk_');
}

/** A time without the zeros that some tools print after the second. */
export function plainTime(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
