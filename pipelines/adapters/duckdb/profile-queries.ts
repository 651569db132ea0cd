import type { Grid } from '../../core/schema/window-profile.ts';
import type { Batch } from './batch.ts';
import { quoteName, quoteNumber } from './quote.ts';
import type { WindowKey } from './window-runs.ts';

/** A numeric column of a query and the grid that it is counted on. */
export interface NumericQueryColumn {
  readonly as: string;
  readonly grid: Grid;
}

/** Which rows of a batch are counted in which windows. */
export interface QueryPart {
  readonly batch: Batch;
  readonly window: WindowKey;
  readonly condition: string;
}

/** Cell number that stands for rows without a cell. */
export const NO_CELL = -32_769;
/** Whole-number columns are counted together by value as long as they have no more combinations than this. */
const COMBINATIONS = 4096;
// The engine's cast rounds halves to even. This much of a cell is added so that a value on an edge belongs to the cell above, as the grid says.
const EDGE = 1e-9;

/** Columns of few whole numbers, by the footers of the files: exact counts of their values are cheaper than cells with sums, and say more. */
export function countedColumns(batch: Batch, columns: readonly { readonly as: string }[]): readonly string[] {
  const counted: string[] = [];
  let combinations = 1;
  for (const { as } of columns) {
    const range = batch.integers[as];
    if (range === undefined || combinations * (range[1] - range[0] + 2) > COMBINATIONS) continue;
    combinations *= range[1] - range[0] + 2;
    counted.push(as);
  }
  return counted;
}

/** Rows and errors by window, version and the values of counted columns. Result: w, version, n, errors, v0, v1, ... */
export function countQuery(
  part: QueryPart,
  counted: readonly string[],
  has: { readonly version: boolean; readonly error: boolean },
): string {
  const version = has.version ? 'version' : 'NULL::VARCHAR';
  const errors = has.error ? "count(*) FILTER (WHERE error <> '')" : '0';
  const values = counted.map((as, index) => `, ${quoteName(as)} AS v${index}`).join('');
  const names = counted.map((_, index) => `, v${index}`).join('');
  return `SELECT ${part.window.place('w')} AS w, version, n::DOUBLE AS n, errors::DOUBLE AS errors${names} FROM (
SELECT ${part.window.key} AS w, ${version} AS version${values}, count(*) AS n, ${errors} AS errors FROM ${rowsOf(part)} GROUP BY ALL)`;
}

/**
 * One tiny GROUP BY a column, joined by UNION ALL: each branch reads only its own column. Result: w, f (place of the column), b (cell), n
 * (rows), nd (rows with a value), s and ss (sums of x and x²).
 */
export function cellQuery(part: QueryPart, columns: readonly NumericQueryColumn[]): string {
  const branches = columns.map(({ as, grid }, index) => {
    const x = quoteName(as);
    return `SELECT ${part.window.place('w')} AS w, ${index}::INTEGER AS f, coalesce(b, ${NO_CELL})::INTEGER AS b, n::DOUBLE AS n, nd::DOUBLE AS nd,
s, ss FROM (SELECT ${part.window.key} AS w, ${cellOf(x, grid)} AS b, count(*) AS n, count(${x}) AS nd, sum(${x}::DOUBLE) AS s,
sum(${x}::DOUBLE * ${x}) AS ss FROM ${rowsOf(part)} GROUP BY w, b)`;
  });
  return branches.join(' UNION ALL ');
}

/** Exact counts of categories, a branch a column. Result: w, f, k (category), n. */
export function categoryQuery(part: QueryPart, columns: readonly { readonly as: string }[]): string {
  const branches = columns.map(
    ({ as }, index) => `SELECT ${part.window.place('w')} AS w, ${index}::INTEGER AS f, k, n::DOUBLE AS n FROM (
SELECT ${part.window.key} AS w, ${quoteName(as)} AS k, count(*) AS n FROM ${rowsOf(part)} GROUP BY w, k)`,
  );
  return branches.join(' UNION ALL ');
}

function rowsOf({ batch, condition }: QueryPart): string {
  return `${batch.relation} ${condition}`;
}

/** The cell of a value in SQL: NULL where it has none. The cast rounds, so half a cell is taken off; anything too far out fails softly. */
function cellOf(x: string, grid: Grid): string {
  const position = grid.transform === 'log' ? `ln(CASE WHEN ${x} > 0 THEN ${x}::DOUBLE END)` : x;
  return `TRY_CAST(${position} * ${quoteNumber(1 / grid.width)} + ${quoteNumber(EDGE - 0.5 - grid.lower / grid.width)} AS SMALLINT)`;
}
