import type { Grid, NumericColumnProfile } from '../schema/window-profile.ts';

/** One number that stands for no value. */
export interface Placeholder {
  readonly value: number;
  readonly rows: number;
  /** Rows of the reference at the same place. */
  readonly usual: number;
}

/** Parts of the grid, which holds nearly all rows of a reference, by which a value must lie outside. */
const FAR = 0.25;
/** What is written for a value that is not there: zero, minus one, nines, and the ends of whole numbers. */
const WRITTEN = /^(0|-1|-?9{2,}|-?(32767|32768|65535|2147483647|2147483648|4294967295))$/;

/**
 * The commonest placeholder of a window: 0, −1, 99, −999 and the like that lies a quarter of the width of the reference or more outside of it; null where there is none. Cells are read by their sums: a cell
 * with a single value has Σx²·n = (Σx)². O(cells).
 */
export function placeholderOf(current: NumericColumnProfile, before: NumericColumnProfile, grid: Grid): Placeholder | null {
  if (grid.id !== current.grid || grid.id !== before.grid) return null;
  let found: Placeholder | null = null;
  for (const [cell, rows, sum, squares] of current.cells) {
    const isFar = cell < -FAR * grid.cells || cell >= (1 + FAR) * grid.cells;
    // Sums are stored with ten digits.
    if (!isFar || rows <= (found?.rows ?? 0) || Math.abs(squares * rows - sum * sum) > 1e-8 * squares * rows) continue;
    const value = Number((sum / rows).toPrecision(9));
    if (!WRITTEN.test(String(value))) continue;
    found = { value, rows, usual: before.cells.find(([number]) => number === cell)?.[1] ?? 0 };
  }
  return found;
}
