import type { Grid } from '../../core/schema/window-profile.ts';
import type { Batch } from './batch.ts';
import { quoteName, quoteNumber } from './quote.ts';

/** A numeric column of a query and the grid that it is counted on. */
export interface NumericQueryColumn {
  readonly as: string;
  readonly grid: Grid;
}

/** Cell number that stands for rows without a cell. */
export const NO_CELL = -32_769;
/** Whole-number columns of at most this span are counted by value, which costs less than cells with sums. */
const COUNTED_SPAN = 512;
// The engine's cast rounds halves to even. This much of a cell is added so that a value on an edge belongs to the cell above, as the grid says.
const EDGE = 1e-9;

/** Whether a column is counted value by value in a batch. */
export function isCounted(batch: Batch, column: string): boolean {
  const range = batch.integers[column];
  return range !== undefined && range[1] - range[0] <= COUNTED_SPAN;
}

/**
 * One tiny GROUP BY a column, joined by UNION ALL: each branch reads only its own column. Result: w (window), f (place of the column), b
 * (cell, or value of a counted column), n (rows), nd (rows with a value), s and ss (sums of x and x², NULL for a counted column).
 */
export function numericQuery(batch: Batch, columns: readonly NumericQueryColumn[], part: QueryPart): string {
  return columns
    .map((column, index) => (isCounted(batch, column.as) ? valueBranch : cellBranch)(column, index, { ...part, batch }))
    .join(' UNION ALL ');
}

/** The window of a row, and which rows, in SQL. */
export interface QueryPart {
  readonly window: string;
  readonly condition: string;
}

type Part = QueryPart & { readonly batch: Batch };

function cellBranch({ as, grid }: NumericQueryColumn, index: number, { batch, window, condition }: Part): string {
  const x = quoteName(as);
  return `SELECT w, ${index}::INTEGER AS f, coalesce(b, ${NO_CELL})::INTEGER AS b, n::DOUBLE AS n, nd::DOUBLE AS nd, s, ss FROM (
SELECT ${window} AS w, ${cellOf(x, grid)} AS b, count(*) AS n, count(${x}) AS nd, sum(${x}::DOUBLE) AS s, sum(${x}::DOUBLE * ${x}) AS ss
FROM ${batch.relation} ${condition} GROUP BY w, b)`;
}

function valueBranch({ as }: NumericQueryColumn, index: number, { batch, window, condition }: Part): string {
  const x = quoteName(as);
  return `SELECT w, ${index}::INTEGER AS f, x::INTEGER AS b, n::DOUBLE AS n, CASE WHEN x IS NULL THEN 0 ELSE n END::DOUBLE AS nd, NULL::DOUBLE AS s,
NULL::DOUBLE AS ss FROM (SELECT ${window} AS w, ${x} AS x, count(*) AS n FROM ${batch.relation} ${condition} GROUP BY w, x)`;
}

/** The cell of a value in SQL: NULL where it has none. The cast rounds, so half a cell is taken off; anything too far out fails softly. */
function cellOf(x: string, grid: Grid): string {
  const position = grid.transform === 'log' ? `ln(CASE WHEN ${x} > 0 THEN ${x}::DOUBLE END)` : x;
  return `TRY_CAST(${position} * ${quoteNumber(1 / grid.width)} + ${quoteNumber(EDGE - 0.5 - grid.lower / grid.width)} AS SMALLINT)`;
}

/** Exact counts of categories, a branch a column. Result: w, f, k (category), n. */
export function categoricalQuery(batch: Batch, columns: readonly string[], { window, condition }: QueryPart): string {
  return columns
    .map(
      (as, index) => `SELECT w, ${index}::INTEGER AS f, k, n::DOUBLE AS n FROM (
SELECT ${window} AS w, ${quoteName(as)} AS k, count(*) AS n FROM ${batch.relation} ${condition} GROUP BY w, k)`,
    )
    .join(' UNION ALL ');
}

/** Rows and errors by window and version. Result: w, version, n, errors. */
export function versionQuery(
  batch: Batch,
  has: { readonly version: boolean; readonly error: boolean },
  { window, condition }: QueryPart,
): string {
  const version = has.version ? 'version' : 'NULL::VARCHAR';
  const errors = has.error ? "count(*) FILTER (WHERE error <> '')" : '0';
  return `SELECT ${window} AS w, ${version} AS version, count(*)::DOUBLE AS n, (${errors})::DOUBLE AS errors
FROM ${batch.relation} ${condition} GROUP BY ALL`;
}
