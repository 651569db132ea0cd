import type { Grid, NumericColumnProfile } from '../schema/window-profile.ts';
import { cellEdge } from './numeric-profile.ts';

/**
 * The value below which a share q of a numeric column lies, spread evenly inside its cell; null without values. Off by at most one cell.
 * Missing and non-finite values are left out.
 */
export function columnQuantile(column: NumericColumnProfile, grid: Grid, q: number): number | null {
  const total = column.cells.reduce((sum, [, rows]) => sum + rows, 0);
  if (total === 0) return null;
  const target = Math.min(1, Math.max(0, q)) * total;
  let below = 0;
  for (const [cell, rows] of column.cells) {
    if (below + rows >= target) {
      const lower = cellEdge(cell, grid);
      return lower + ((target - below) / rows) * (cellEdge(cell + 1, grid) - lower);
    }
    below += rows;
  }
  return null;
}
