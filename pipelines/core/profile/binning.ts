import type { Binning } from '../schema/reference-profile.ts';
import type { CategoricalColumnProfile, ColumnProfile, NumericColumnProfile } from '../schema/window-profile.ts';

const CLASSES = 10;
const CATEGORY_SHARE = 0.005;

/** Counts of one column by the classes of a binning, parallel to `labels`. */
export interface BinCounts {
  readonly labels: readonly string[];
  readonly counts: readonly number[];
}

type NumericBinning = Extract<Binning, { kind: 'numeric' }>;
type CategoricalBinning = Extract<Binning, { kind: 'categorical' }>;

/**
 * The classes that a reference column fixes for every later comparison. Numeric: cuts of its grid at the cells nearest to its deciles (with
 * ten occupied cells or fewer, one class each); the outer classes are open. Categorical: values above 0.5 % of the rows, most frequent first.
 */
export function learnBinning(column: ColumnProfile): Binning {
  if (column.kind === 'numeric') return { kind: 'numeric', edges: decileEdges(column) };
  const values = Object.entries(column.counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const frequent = values.filter(([, count]) => count > CATEGORY_SHARE * column.rows);
  return { kind: 'categorical', categories: frequent.map(([value]) => value), known: values.map(([value]) => value).sort() };
}

function decileEdges(column: NumericColumnProfile): number[] {
  const last = column.cells.at(-1)?.[0];
  if (last === undefined) return [];
  if (column.cells.length <= CLASSES) return column.cells.slice(0, -1).map(([cell]) => cell);
  const total = column.cells.reduce((sum, [, rows]) => sum + rows, 0);
  const edges: number[] = [];
  let below = 0;
  let next = 1;
  for (const [index, [cell, rows]] of column.cells.entries()) {
    const before = below;
    below += rows;
    while (next < CLASSES && below >= (next * total) / CLASSES) {
      const target = (next * total) / CLASSES;
      const previous = column.cells[index - 1]?.[0];
      const nearest = previous !== undefined && target - before < below - target ? previous : cell;
      if (nearest !== last && nearest !== edges.at(-1)) edges.push(nearest);
      next += 1;
    }
  }
  return edges;
}

/**
 * Rows of a column by class. Every row is counted once: numeric classes, then `missing` (values that are missing, not finite or too far out
 * for the grid); categories, then `other` (further values of the reference, and folded ones), `unseen` (values that the reference never
 * held) and `missing`. `rareBelow`: unseen values of fewer rows count as `other`, as the reference folded its own rare values.
 * Throws a RangeError when column and binning are of different kinds.
 */
export function binCounts(column: ColumnProfile, binning: Binning, rareBelow = 0): BinCounts {
  return { labels: binLabels(binning), counts: binRows(column, binning, rareBelow) };
}

/** The counts of `binCounts` alone: labels cost more than they do. Throws a RangeError as it does. O(values). */
export function binRows(column: ColumnProfile, binning: Binning, rareBelow = 0): number[] {
  if (column.kind === 'numeric' && binning.kind === 'numeric') return numericRows(column, binning);
  if (column.kind === 'categorical' && binning.kind === 'categorical') return categoricalRows(column, binning, rareBelow);
  throw new RangeError(`a ${column.kind} column cannot be counted by a ${binning.kind} binning`);
}

function binLabels(binning: Binning): string[] {
  return binning.kind === 'numeric' ? [...classLabels(binning.edges), 'missing'] : [...binning.categories, 'other', 'unseen', 'missing'];
}

function numericRows(column: NumericColumnProfile, binning: NumericBinning): number[] {
  const counts = new Array<number>(binning.edges.length + 1).fill(0);
  let place = 0;
  for (const [cell, rows] of column.cells) {
    while (place < binning.edges.length && cell > (binning.edges[place] ?? 0)) place += 1;
    counts[place] = (counts[place] ?? 0) + rows;
  }
  counts.push(column.missing + column.nonFinite);
  return counts;
}

function classLabels(edges: readonly number[]): string[] {
  const first = edges[0];
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return ['all cells'];
  const inner = edges.slice(1).map((edge, index) => `cells ${(edges[index] ?? 0) + 1} to ${edge}`);
  return [`cells up to ${first}`, ...inner, `cells above ${last}`];
}

function categoricalRows(column: CategoricalColumnProfile, binning: CategoricalBinning, rareBelow: number): number[] {
  const known = new Set(binning.known);
  const places = new Map(binning.categories.map((value, index) => [value, index]));
  const counts = new Array<number>(binning.categories.length).fill(0);
  let other = column.other;
  let unseen = 0;
  for (const [value, rows] of Object.entries(column.counts)) {
    const place = places.get(value);
    if (place !== undefined) counts[place] = rows;
    else if (known.has(value) || rows < rareBelow) other += rows;
    else unseen += rows;
  }
  counts.push(other, unseen, column.missing);
  return counts;
}
