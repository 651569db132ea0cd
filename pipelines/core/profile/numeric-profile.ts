import type { Grid, GridCell, NumericColumnProfile } from '../schema/window-profile.ts';
import { roundSum } from './round-sum.ts';

const LOWEST_CELL = -32_768;
const HIGHEST_CELL = 32_767;

/** The cell of a value on a grid, or null where it has none: not finite, not positive on a log grid, or more than 127 grid widths away. */
export function gridCell(value: number, grid: Grid): number | null {
  const position = grid.transform === 'log' ? Math.log(value) : value;
  if (!Number.isFinite(position)) return null;
  const cell = Math.floor((position - grid.lower) / grid.width);
  return cell < LOWEST_CELL || cell > HIGHEST_CELL ? null : cell;
}

/** The value at the lower edge of a cell (the upper edge of the cell before it), in units of the column. */
export function cellEdge(cell: number, grid: Grid): number {
  const position = grid.lower + cell * grid.width;
  return grid.transform === 'log' ? Math.exp(position) : position;
}

/** The profile of a numeric column from its values; NaN counts as missing. Sums are rounded to ten significant digits. O(n). */
export function numericProfile(values: Float64Array, grid: Grid): NumericColumnProfile {
  const cells = new Map<number, [number, number, number]>();
  let missing = 0;
  let nonFinite = 0;
  for (const value of values) {
    if (Number.isNaN(value)) {
      missing += 1;
      continue;
    }
    const cell = gridCell(value, grid);
    if (cell === null) {
      nonFinite += 1;
      continue;
    }
    const sums = cells.get(cell);
    if (sums === undefined) {
      cells.set(cell, [1, value, value * value]);
      continue;
    }
    sums[0] += 1;
    sums[1] += value;
    sums[2] += value * value;
  }
  const occupied = [...cells].sort(([a], [b]) => a - b);
  return {
    kind: 'numeric',
    grid: grid.id,
    rows: values.length,
    missing,
    nonFinite,
    cells: occupied.map(([cell, [rows, sum, squares]]): GridCell => [cell, rows, roundSum(sum), roundSum(squares)]),
  };
}
