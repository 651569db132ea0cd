import type { Grid } from '../../core/schema/window-profile.ts';
import type { Batch } from './batch.ts';
import { FAILED_PREDICTION } from './failed-prediction.ts';
import { quoteName, quoteNumber, quoteText } from './quote.ts';
import type { WindowKey } from './window-runs.ts';

/** A numeric column of a query and the grid that it is counted on. */
export interface NumericQueryColumn {
  readonly as: string;
  readonly grid: Grid;
  /** The number that is counted, in SQL, where it is not the column itself: the length of a text. */
  readonly value?: string;
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
/** Whole-number columns and the hour of the day are counted together as long as they have no more combinations than this. */
const COMBINATIONS_BY_HOUR = 16_384;
/** Whole numbers of at most this span are counted by value before they are summed by cell. */
const FEW_VALUES = 8192;
// The engine's cast rounds halves to even. This much of a cell is added so that a value on an edge belongs to the cell above, as the grid says.
const EDGE = 1e-9;

/** Columns of few whole numbers, by the footers of the files: exact counts of their values are cheaper than cells with sums, and say more. */
export function countedColumns(batch: Batch, columns: readonly { readonly as: string }[]): readonly string[] {
  const counted: string[] = [];
  let combinations = 1;
  for (const { as } of columns) {
    const range = batch.integers[as];
    if (range === undefined || combinations * valuesOf(range) > COMBINATIONS) continue;
    combinations *= valuesOf(range);
    counted.push(as);
  }
  return counted;
}

/** Whole numbers of a range, and none. */
function valuesOf([least, most]: readonly [number, number]): number {
  return most - least + 2;
}

function combinationsOf({ integers }: Batch, counted: readonly string[]): number {
  return counted.reduce((product, as) => product * valuesOf(integers[as] ?? [0, 0]), 1);
}

/** What is counted in one go: all columns whose values are themselves the classes. */
export interface Counting {
  readonly has: { readonly version: boolean; readonly error: boolean };
  /** Columns of few whole numbers. */
  readonly counted: readonly string[];
  readonly categorical: readonly string[];
}

/** A list entry of a count: window · this + rows. Both are whole and far below 2^26, so a double holds the pair exactly. */
export const ROWS_LIMIT = 2 ** 32;

/** Name of the hour of the UTC day in a count: the columns of a batch have other names. */
export const HOUR = 'hour_of_day';
const HOURS = 24;

/**
 * Exact counts in one pass: a grouping set for version, failure and counted columns together, one for each categorical column, and, where the hour of the day
 * would part the first set too finely, one for it. Result: f (place of the categorical column, their number for the hour, or -1) with k (category), with
 * version, failed, v0, v1, ..., or with none of them; hour_of_day (NULL beside a category, and where it has a set of its own); and counts, a list that holds
 * window and rows in each entry, so that a category is read once and not once a window.
 */
export function countQuery(part: QueryPart, { has, counted, categorical }: Counting): string {
  const fixed = part.batch.constants['version'];
  const named = [
    ...(has.version && fixed === undefined ? [{ name: 'version', value: 'version' }] : []),
    ...(has.error ? [{ name: 'failed', value: FAILED_PREDICTION }] : []),
    ...counted.map((as, index) => ({ name: `v${index}`, value: quoteName(as) })),
  ];
  const names = named.map(({ name }) => name);
  const categories = categorical.map(quoteName);
  const together = combinationsOf(part.batch, counted) * HOURS <= COMBINATIONS_BY_HOUR;
  const apart = together ? categories : [...categories, HOUR];
  const sets = [['w', ...names, ...(together ? [HOUR] : [])], ...apart.map((each) => ['w', each])].map((set) => `(${set.join(', ')})`);
  const place =
    apart.length === 0 ? '-1' : `CASE ${apart.map((each, index) => `WHEN grouping(${each}) = 0 THEN ${index}`).join(' ')} ELSE -1 END`;
  const category = categories.map((name, index) => `WHEN f = ${index} THEN ${name}::VARCHAR`).join(' ');
  const version = fixed === undefined ? 'NULL::VARCHAR' : quoteText(fixed);
  const absent = [
    ...(names.includes('version') ? [] : [`${version} AS version`]),
    ...(names.includes('failed') ? [] : ['0 AS failed']),
    `${categories.length === 0 ? 'NULL::VARCHAR' : `CASE ${category} END`} AS k`,
  ];
  const values = [
    `${part.window.key} AS w`,
    ...named.map(({ name, value }) => `${value} AS ${name}`),
    ...categorical.map(quoteName),
    `hour(ts) AS ${HOUR}`,
  ];
  const grouped = `SELECT ${['w', 'count(*) AS n', `${place} AS f`, ...names, ...categories, HOUR].join(', ')}
FROM (SELECT ${values.join(', ')} FROM ${rowsOf(part)}) GROUP BY GROUPING SETS (${sets.join(', ')})`;
  return `SELECT ${['f', HOUR, ...names, ...absent].join(', ')}, list(${part.window.place('w')}::DOUBLE * ${ROWS_LIMIT} + n) AS counts
FROM (${grouped}) GROUP BY ALL`;
}

/**
 * One tiny GROUP BY a column, joined by UNION ALL: each branch reads only its own column. Result: w, f (place of the column), b (cell), n
 * (rows), nd (rows with a value), s and ss (sums of x and x²).
 */
export function cellQuery(part: QueryPart, columns: readonly NumericQueryColumn[]): string {
  const branches = columns.map((column, index) => {
    const { as, grid } = column;
    const range = column.value === undefined ? part.batch.integers[as] : undefined;
    const sums = range !== undefined && range[1] - range[0] <= FEW_VALUES ? sumsOfValues(part, as, grid) : sumsOfRows(part, column);
    return `SELECT ${part.window.place('w')} AS w, ${index}::INTEGER AS f, coalesce(b, ${NO_CELL})::INTEGER AS b, n::DOUBLE AS n, nd::DOUBLE AS nd,
s, ss FROM (${sums} GROUP BY w, b)`;
  });
  return branches.join(' UNION ALL ');
}

function sumsOfRows(part: QueryPart, { as, grid, value }: NumericQueryColumn): string {
  const x = value ?? quoteName(as);
  const present = value === undefined && part.batch.complete.includes(as) ? 'count(*)' : `count(${x})`;
  return `SELECT ${part.window.key} AS w, ${cellOf(x, grid)} AS b, count(*) AS n, ${present} AS nd, sum(${x}::DOUBLE) AS s,
sum(${x}::DOUBLE * ${x}) AS ss FROM ${rowsOf(part)}`;
}

// Whole numbers repeat: counting them first leaves few products to sum.
function sumsOfValues(part: QueryPart, as: string, grid: Grid): string {
  const values = `SELECT ${part.window.key} AS w, ${quoteName(as)} AS x, count(*) AS rows FROM ${rowsOf(part)} GROUP BY w, x`;
  return `SELECT w, ${cellOf('x', grid)} AS b, sum(rows) AS n, sum(CASE WHEN x IS NOT NULL THEN rows ELSE 0 END) AS nd,
sum(rows::DOUBLE * x) AS s, sum(rows::DOUBLE * x * x) AS ss FROM (${values})`;
}

function rowsOf({ batch, condition }: QueryPart): string {
  return `${batch.relation} ${condition}`;
}

/** The cell of a value in SQL: NULL where it has none. The cast rounds, so half a cell is taken off; anything too far out fails softly. */
function cellOf(x: string, grid: Grid): string {
  const position = grid.transform === 'log' ? `ln(CASE WHEN ${x} > 0 THEN ${x}::DOUBLE END)` : x;
  return `TRY_CAST(${position} * ${quoteNumber(1 / grid.width)} + ${quoteNumber(EDGE - 0.5 - grid.lower / grid.width)} AS SMALLINT)`;
}
