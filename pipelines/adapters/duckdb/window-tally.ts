import { roundSum } from '../../core/profile/round-sum.ts';
import type { QuarantineCounts } from '../../core/schema/quarantine.ts';
import type { CategoricalColumnProfile, Grid, GridCell, NumericColumnProfile } from '../../core/schema/window-profile.ts';

const KEPT_CATEGORIES = 1000;
/** Larger than what the order of additions changes, smaller than what ten digits show. */
const TIE = 2 ** -41;
/** Whole numbers below this have ten digits at most. */
const EXACT = 1e10;

/** Counts of one numeric column in one window while its batches come in. */
export interface NumericTally {
  readonly grid: Grid;
  readonly cells: Map<number, [number, number, number]>;
  missing: number;
  nonFinite: number;
}

/** Counts of one categorical column in one window while its batches come in. */
export interface CategoricalTally {
  readonly counts: Map<string, number>;
  missing: number;
}

/** Counts of one window while its batches come in. Filled by the profiling pass, which owns it. */
export interface WindowTally {
  rows: number;
  errors: number;
  readonly versions: Map<string, number>;
  quarantined: QuarantineCounts;
  readonly numeric: readonly NumericTally[];
  readonly categorical: readonly CategoricalTally[];
}

/** Adds rows to a cell of a tally. */
export function addToCell(tally: NumericTally, cell: number, sums: readonly [number, number, number]): void {
  const held = tally.cells.get(cell);
  tally.cells.set(cell, held === undefined ? [...sums] : [held[0] + sums[0], held[1] + sums[1], held[2] + sums[2]]);
}

/** The finished profile of a numeric column. */
export function finishNumeric(tally: NumericTally, rows: number): NumericColumnProfile {
  const cells = [...tally.cells].sort(([a], [b]) => a - b).map(([cell, [n, s, ss]]): GridCell => [cell, n, storedSum(s), storedSum(ss)]);
  return { kind: 'numeric', grid: tally.grid.id, rows, missing: tally.missing, nonFinite: tally.nonFinite, cells };
}

/** The finished profile of a categorical column: the most frequent categories by name, ties by name. */
export function finishCategorical(tally: CategoricalTally, rows: number): CategoricalColumnProfile {
  const ranked = [...tally.counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = ranked.slice(0, KEPT_CATEGORIES).sort(([a], [b]) => (a < b ? -1 : 1));
  const other = ranked.slice(KEPT_CATEGORIES).reduce((sum, [, n]) => sum + n, 0);
  return { kind: 'categorical', rows, missing: tally.missing, counts: Object.fromEntries(kept), other, distinct: ranked.length };
}

/**
 * A sum as it is stored. A sum that lies on a rounding tie, as sums of prices do, would else round up or down by the order in which threads
 * added its rows: it is moved off the tie first. JSON has no infinity; a sum beyond the largest double is stored as the largest double.
 */
export function storedSum(sum: number): number {
  if (Number.isInteger(sum) && Math.abs(sum) < EXACT) return sum;
  const moved = sum * (1 + TIE);
  return roundSum(Math.min(Math.max(moved, -Number.MAX_VALUE), Number.MAX_VALUE));
}
