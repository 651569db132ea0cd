import type { WindowSummary } from '../schema/model-state.ts';
import type { Binning } from '../schema/reference-profile.ts';
import type { ColumnProfile } from '../schema/window-profile.ts';
import { binCounts } from './binning.ts';

/** Shares by coarse cell of one column in one window. */
export type ColumnSummary = WindowSummary['columns'][string];

const SUMMARY_CELLS = 32;
const GRID_CELLS_EACH = 8;
const DIGITS = 6;

/**
 * What charts keep of a column: at most 32 shares of all rows, and the share that is missing. Numeric: 32 groups of eight grid cells, tails in
 * the outer ones. Categorical: with the reference's binning, its first 30 categories in its order, all further values, then unseen values;
 * without one, by rank (31 most frequent, then the rest). Names of categories are never kept. A column without rows has no shares.
 */
export function summariseColumn(column: ColumnProfile, binning?: Binning): ColumnSummary {
  if (column.rows === 0) return { shares: [], missing: 0 };
  const counts = column.kind === 'numeric' ? coarseCells(column.cells) : categoryCells(column, binning);
  const missing = column.kind === 'numeric' ? column.missing + column.nonFinite : column.missing;
  return { shares: counts.map((count) => share(count, column.rows)), missing: share(missing, column.rows) };
}

function coarseCells(cells: readonly (readonly [number, number, number, number])[]): number[] {
  const counts = new Array<number>(SUMMARY_CELLS).fill(0);
  for (const [cell, rows] of cells) {
    const place = Math.min(SUMMARY_CELLS - 1, Math.max(0, Math.floor(cell / GRID_CELLS_EACH)));
    counts[place] = (counts[place] ?? 0) + rows;
  }
  return counts;
}

function categoryCells(column: Extract<ColumnProfile, { kind: 'categorical' }>, binning: Binning | undefined): number[] {
  if (binning?.kind !== 'categorical') {
    const ranked = Object.values(column.counts).sort((a, b) => b - a);
    const rest = ranked.slice(SUMMARY_CELLS - 1).reduce((sum, rows) => sum + rows, column.other);
    return [...ranked.slice(0, SUMMARY_CELLS - 1), rest];
  }
  const { counts } = binCounts(column, binning);
  const categories = counts.slice(0, binning.categories.length);
  const [other = 0, unseen = 0] = counts.slice(binning.categories.length);
  const rest = categories.slice(SUMMARY_CELLS - 2).reduce((sum, rows) => sum + rows, other);
  return [...categories.slice(0, SUMMARY_CELLS - 2), rest, unseen];
}

function share(count: number, rows: number): number {
  return Number((count / rows).toFixed(DIGITS));
}
