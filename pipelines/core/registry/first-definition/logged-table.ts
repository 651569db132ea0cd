import type { ComparedColumn, ComparedTable } from '../../signals/drift-sheet/compared-table.ts';

/** Columns of one file, in memory only, rows in the order of the file. */
export type LoggedTable = Pick<ComparedTable, 'rows' | 'of' | 'columns'>;

/** A value of a column; null is missing. */
export type CellValue = string | number | null;

/** Numbers since the epoch: seconds, and their thousandths, millionths and billionths, from 1973 to 2286. The log reader tells them apart alike. */
const EPOCH_UNITS = [1e8, 1e11, 1e14, 1e17].map((least, index) => ({ least, perSecond: 1000 ** index }));

/** The value of a row; a number that is not finite is missing. */
export function cellAt(column: ComparedColumn, row: number): CellValue {
  if (column.kind === 'empty') return null;
  const value = column.values[row] ?? null;
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** Times of a column in seconds since the epoch, NaN where missing; null for a column that holds no times. O(rows). */
export function secondsOf(column: ComparedColumn): Float64Array | null {
  if (column.kind === 'time') return column.values;
  if (column.kind !== 'numeric') return null;
  const first = column.values.find(Number.isFinite);
  const unit = EPOCH_UNITS.find(({ least }) => first !== undefined && first >= least && first < least * 100);
  if (unit === undefined) return null;
  const { least, perSecond } = unit;
  const isTime = (value: number) => Number.isNaN(value) || (value >= least && value < least * 100);
  return column.values.every(isTime) ? column.values.map((value) => value / perSecond) : null;
}

/** Share of the rows that hold a value. */
export function filledShare(column: ComparedColumn, rows: number): number {
  if (column.kind === 'empty' || rows === 0) return 0;
  let filled = 0;
  for (let row = 0; row < rows; row += 1) if (cellAt(column, row) !== null) filled += 1;
  return filled / rows;
}

const HARDLY = 0.02;

/** Whether hardly a value occurs twice (2 % of the rows at most) and hardly a row has none. O(rows), less where many repeat. */
export function tellsRowsApart(column: ComparedColumn, rows: number): boolean {
  const seen = new Set<CellValue>();
  let wasted = 0;
  for (let row = 0; row < rows; row += 1) {
    const value = cellAt(column, row);
    if (value === null || seen.has(value)) wasted += 1;
    if (wasted > HARDLY * rows) return false;
    seen.add(value);
  }
  return rows > 0;
}

/** How many values there are, counted up to a bound. O(rows). */
export function distinctValues(column: ComparedColumn, rows: number, most: number): number {
  const seen = new Set<CellValue>();
  for (let row = 0; row < rows && seen.size < most; row += 1) {
    const value = cellAt(column, row);
    if (value !== null) seen.add(value);
  }
  return seen.size;
}
