import { binOf } from '../distances/bin-of.ts';
import type { FeatureTable } from './feature-table.ts';

const PARTS = 10;
/** Pairs of tenths hold too few rows each: with quarters, a correlation that falls from .8 to .5 is found in 97 of 100 windows of 1,000 rows instead of 78. */
const COARSE_PARTS = 4;
const FEW_VALUES = 20;
const RARE_SHARE = 0.005;

/** Every feature as a small set of cells: cell 0 holds the missing rows. */
export interface FeatureCells {
  /** Cell of each row, for the feature by itself. */
  readonly fine: Uint16Array;
  readonly fineSize: number;
  /** At most four cells and the missing one, for pairs of features. */
  readonly coarse: Uint16Array;
  readonly coarseSize: number;
}

/**
 * The features of a table as cells, numeric ones first: deciles (single values when there are at most 20), categories of at least 0.5 %
 * of the rows and one cell for the others; for pairs, quarters and the three most frequent categories.
 *
 * Learn the cells from both samples together: cells of the reference alone would tell the samples apart without any drift, because a rare
 * value of the current sample is never among the known ones while one of the reference always is. Blind to what happens inside an outer
 * tenth. O(rows · log rows) per feature.
 *
 * @example featureCells({ rows: 3, numeric: [], categorical: [Int32Array.of(4, -1, 4)] })[0]?.fine; // => Uint16Array.of(1, 0, 1)
 */
export function featureCells(table: FeatureTable): FeatureCells[] {
  return [...table.numeric.map(numericCells), ...table.categorical.map(categoricalCells)];
}

function numericCells(column: Float64Array): FeatureCells {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const deciles = quantileCuts(sorted, PARTS);
  const quarters = quantileCuts(sorted, COARSE_PARTS);
  const values = distinct(sorted);
  // A cell begins at its cut: the first value needs none.
  const cuts = values.length <= FEW_VALUES ? values.slice(1) : deciles;
  return {
    fine: cellsOf(column, cuts),
    fineSize: cuts.length + 2,
    coarse: cellsOf(column, quarters),
    coarseSize: quarters.length + 2,
  };
}

function cellsOf(column: Float64Array, cuts: readonly number[]): Uint16Array {
  const cells = new Uint16Array(column.length);
  for (let row = 0; row < cells.length; row += 1) cells[row] = binOf(column[row] ?? Number.NaN, cuts);
  return cells;
}

function quantileCuts(sorted: Float64Array, parts: number): number[] {
  return distinct(Array.from({ length: parts - 1 }, (_, part) => sorted[Math.floor(((part + 1) * sorted.length) / parts)] ?? 0));
}

function distinct(sorted: ArrayLike<number>): number[] {
  const values: number[] = [];
  for (let index = 0; index < sorted.length; index += 1) {
    const value = sorted[index] ?? 0;
    if (index === 0 || value !== sorted[index - 1]) values.push(value);
  }
  return values;
}

function categoricalCells(codes: Int32Array): FeatureCells {
  const counts = new Map<number, number>();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  const known = [...counts.entries()].filter(([, count]) => count >= RARE_SHARE * codes.length).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const cells = new Map(known.map(([code], place) => [code, place + 1]));
  const others = known.length + 1;
  const fine = Uint16Array.from(codes, (code) => (code < 0 ? 0 : (cells.get(code) ?? others)));
  return {
    fine,
    fineSize: others + 1,
    coarse: fine.map((cell) => Math.min(cell, COARSE_PARTS)),
    coarseSize: Math.min(others, COARSE_PARTS) + 1,
  };
}
