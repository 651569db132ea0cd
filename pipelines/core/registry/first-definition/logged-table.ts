import type { ComparedColumn, ComparedTable } from '../../signals/drift-sheet/compared-table.ts';

/** Columns of one file, in memory only, rows in the order of the file. */
export type LoggedTable = Pick<ComparedTable, 'rows' | 'of' | 'columns'>;

/** A value of a column; null is missing. */
export type CellValue = string | number | null;

/** Numbers since the epoch: seconds, and their thousandths, millionths and billionths, from 1973 to 2286. The log reader tells them apart alike. */
const EPOCH_UNITS = [1e8, 1e11, 1e14, 1e17].map((least, index) => ({ least, perSecond: 1000 ** index }));

const FIRST_OF_EPOCH = 1e8;

/** The value of a row; a number that is not finite is missing. */
export function cellAt(column: ComparedColumn, row: number): CellValue {
  if (column.kind === 'empty') return null;
  const value = column.values[row] ?? null;
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** Share of the values of a column that must be times. */
const MOSTLY_TIMES = 0.99;

/** Times of a column in seconds since the epoch, NaN where missing or no time; null for a column that holds no times. O(rows). */
export function secondsOf(column: ComparedColumn): Float64Array | null {
  if (column.kind === 'time') return column.values;
  if (column.kind !== 'numeric') return null;
  const first = column.values.find((value) => value >= FIRST_OF_EPOCH);
  const unit = EPOCH_UNITS.find(({ least }) => first !== undefined && first >= least && first < least * 100);
  if (unit === undefined) return null;
  const { least, perSecond } = unit;
  const isTime = (value: number) => value >= least && value < least * 100;
  const [filled, times] = [column.values.filter((value) => !Number.isNaN(value)).length, column.values.filter(isTime).length];
  // A zero is what a clock that was reset writes, not another kind of number.
  return times >= MOSTLY_TIMES * filled ? column.values.map((value) => (isTime(value) ? value / perSecond : Number.NaN)) : null;
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
