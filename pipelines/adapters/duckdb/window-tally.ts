import { roundSum } from '../../core/profile/round-sum.ts';
import type { QuarantineCounts } from '../../core/schema/quarantine.ts';
import type { CategoricalColumnProfile, Grid, GridCell, NumericColumnProfile } from '../../core/schema/window-profile.ts';

const KEPT_CATEGORIES = 1000;
/** Larger than what the order of additions changes, smaller than what ten digits show. */
const TIE = 2 ** -41;
/** Whole numbers below this have ten digits at most. */
const EXACT = 1e10;
const DIGITS = 10;
/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

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
  /** Rows by hour of the UTC day. */
  readonly hours: number[];
  /** Rows by UTC day, of windows longer than a day; days without a row are not there. */
  readonly days: Map<string, number>;
  readonly numeric: readonly NumericTally[];
  readonly categorical: readonly CategoricalTally[];
}

/** Adds rows to a cell of a tally, which keeps `sums` where they are the first of their cell. */
export function addToCell(tally: NumericTally, cell: number, sums: [number, number, number]): void {
  const held = tally.cells.get(cell);
  if (held === undefined) {
    tally.cells.set(cell, sums);
    return;
  }
  held[0] += sums[0];
  held[1] += sums[1];
  held[2] += sums[2];
}

/** The finished profile of a numeric column. */
export function finishNumeric(tally: NumericTally, rows: number): NumericColumnProfile {
  const cells: GridCell[] = [];
  for (const cell of sortedCells(tally)) {
    const sums = tally.cells.get(cell);
    if (sums !== undefined) cells.push([cell, sums[0], storedSum(sums[1]), storedSum(sums[2])]);
  }
  return { kind: 'numeric', grid: tally.grid.id, rows, missing: tally.missing, nonFinite: tally.nonFinite, cells };
}

// Hundreds of windows have hundreds of cells each: filling the array by hand takes a third of the time of an iterator's.
function sortedCells({ cells }: NumericTally): Int32Array {
  const sorted = new Int32Array(cells.size);
  let place = 0;
  for (const cell of cells.keys()) {
    sorted[place] = cell;
    place += 1;
  }
  return sorted.sort();
}

/** All categories of a column over its windows, by name: sorted once, because the windows of a column share most of them. */
export function categoryNames(tallies: readonly CategoricalTally[]): readonly string[] {
  return [...new Set(tallies.flatMap((tally) => [...tally.counts.keys()]))].sort();
}

/** The finished profile of a categorical column: the most frequent categories, in the order of `names`, which also breaks ties. */
export function finishCategorical(tally: CategoricalTally, rows: number, names: readonly string[]): CategoricalColumnProfile {
  const distinct = tally.counts.size;
  const kept = distinct <= KEPT_CATEGORIES ? tally.counts : mostFrequent(tally.counts, names);
  const counts: Record<string, number> = {};
  let other = 0;
  for (const name of names) {
    const count = kept.get(name);
    if (count === undefined) other += tally.counts.get(name) ?? 0;
    else counts[name] = count;
  }
  return { kind: 'categorical', rows, missing: tally.missing, counts, other, distinct };
}

function mostFrequent(counts: ReadonlyMap<string, number>, names: readonly string[]): ReadonlyMap<string, number> {
  const own = names.flatMap((name): [string, number][] => (counts.has(name) ? [[name, counts.get(name) ?? 0]] : []));
  return new Map(own.sort(([, a], [, b]) => b - a).slice(0, KEPT_CATEGORIES));
}

/**
 * A sum as it is stored. A sum that lies on a rounding tie, as sums of prices do, would else round up or down by the order in which threads
 * added its rows: it is moved off the tie first. JSON has no infinity; a sum beyond the largest double is stored as the largest double.
 */
export function storedSum(sum: number): number {
  if (Number.isInteger(sum) && Math.abs(sum) < EXACT) return sum;
  const moved = Math.min(Math.max(sum * (1 + TIE), -Number.MAX_VALUE), Number.MAX_VALUE);
  const power = DIGITS - 1 - Math.floor(Math.log10(Math.abs(moved)));
  const factor = POWERS[power];
  // Where the power is exact, this division gives the double nearest to the ten digits, as the slow way through text does.
  return factor === undefined ? roundSum(moved) : Math.round(moved * factor) / factor;
}
