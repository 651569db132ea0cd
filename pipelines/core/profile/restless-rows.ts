import type { Column } from '../schema/column.ts';
import { epochSeconds } from '../schema/instant.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ReferenceProfile, RestlessRows } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Window } from '../schema/window.ts';
import { domainClassifier, type HashedTable } from '../statistics/multivariate/domain-classifier.ts';
import { takeRows } from '../statistics/multivariate/feature-table.ts';
import { crossFittedErrors } from '../statistics/multivariate/reconstruction-error.ts';
import { everyRow, fewerRows, relatedColumns, sampleTables } from './sample-table.ts';
import { compareWords, takeWords, wordsOf } from './sample-words.ts';

const FEWEST_WINDOWS = 5;
/** More windows would cost a tenth of a second each and hardly sharpen the estimate. */
const MOST_WINDOWS = 14;
/** A classifier of texts costs a second or two. */
const MOST_TEXT_WINDOWS = 7;
/** A window weighs at most a tenth of the reference, here as in production. */
export const SAMPLE_SHARE = 10;

/** How many rows of a window are weighed against so many of a reference: a tenth, and no more than were compared when its restlessness was measured. */
export function weighedRows({ restless }: Pick<ReferenceProfile, 'restless'>, referenceRows: number): number {
  return Math.min(Math.floor(referenceRows / SAMPLE_SHARE), restless?.rows ?? Number.POSITIVE_INFINITY);
}

/** Rows of a reference range, the windows that it is cut into, and the columns that were recognised as following time. */
export interface ReferenceRows {
  readonly rows: RowTable;
  readonly windows: readonly Window[];
  readonly recognised: NonNullable<ReferenceProfile['recognised']>;
}

/**
 * How restless the windows of a reference are in what only rows show: each window is held against all others as production will hold a new one, and the
 * statistics, standard normal for rows drawn alike, are squared and averaged. What every weekday does to a classifier is no drift. null: fewer than five
 * windows of `monitoring.minimumRows` rows, or the definition wants no such comparison.
 */
export function restlessRows(definition: ModelDefinition, { rows, windows, recognised }: ReferenceRows): RestlessRows | null {
  const { multivariate, minimumRows } = definition.monitoring;
  if (!multivariate.enabled) return null;
  const filled = windows.map((window) => positionsIn(window, rows)).filter((positions) => positions.length >= minimumRows);
  const judged = everySo(filled, MOST_WINDOWS);
  if (judged.length < FEWEST_WINDOWS) return null;
  const columns = relatedColumns(definition, recognised);
  const limit = multivariate.sampleRows;
  const splits = judged.map((own) => {
    const held = new Set(own);
    const others = filled.flat().filter((position) => !held.has(position));
    const reference = fewerRows(rows, others, limit);
    return { reference, window: fewerRows(rows, own, Math.floor(reference.length / SAMPLE_SHARE)) };
  });
  return {
    windows: judged.length,
    rows: Math.floor(splits.reduce((sum, { window }) => sum + window.length, 0) / splits.length),
    together: columns.length < 2 ? null : meanSquare(togetherStatistics(columns, rows, splits)),
    errors: columns.length < 2 ? [] : windowErrors(columns, rows, { judged, limit }),
    texts: Object.fromEntries(
      textColumns(definition).map(({ name }) => [name, restlessText(rows, name, everySo(splits, MOST_TEXT_WINDOWS))]),
    ),
  };
}

/** At most so many, evenly spread. */
function everySo<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, place) => Math.floor((place * items.length) / most)).flatMap((index) =>
    items.slice(index, index + 1),
  );
}

/** The text columns that are watched. */
export function textColumns(definition: ModelDefinition): Column[] {
  return definition.columns.filter(({ kind, role }) => kind === 'text' && role !== 'ignored');
}

interface Split {
  readonly reference: readonly number[];
  readonly window: readonly number[];
}

function togetherStatistics(columns: readonly Column[], rows: RowTable, splits: readonly Split[]): number[] {
  const all = wholeTable(columns, rows);
  return splits.flatMap(({ reference, window }) => domainClassifier(take(all, reference), take(all, window))?.statistic ?? []);
}

function wholeTable(columns: readonly Column[], rows: RowTable): HashedTable {
  const [whole] = sampleTables(columns, [
    { rows, positions: everyRow(rows) },
    { rows, positions: [] },
  ]);
  return whole;
}

function windowErrors(
  columns: readonly Column[],
  rows: RowTable,
  { judged, limit }: { readonly judged: readonly (readonly number[])[]; readonly limit: number },
): number[] {
  const share = Math.floor(limit / judged.length);
  const chosen = judged.map((positions) => fewerRows(rows, positions, share));
  const all = wholeTable(columns, rows);
  const chunks = chosen.flatMap((positions, chunk) => positions.map(() => chunk));
  return crossFittedErrors(takeRows(all.table, chosen.flat()), chunks).map((error) => Number(error.toPrecision(9)));
}

function restlessText(rows: RowTable, name: string, splits: readonly Split[]): RestlessRows['texts'][string] {
  const all = wordsOf(rows, name);
  const found = splits.map(({ reference, window }) => compareWords(takeWords(all, reference), takeWords(all, window)));
  return {
    windows: found.length,
    words: meanSquare(found.flatMap(({ vocabulary }) => vocabulary?.statistic ?? [])),
    area: meanSquare(found.flatMap(({ domain }) => domain?.statistic ?? [])),
  };
}

/** 1 where nothing could be measured: what independent rows give. Six digits, so that the last bit of a logarithm changes nothing that is stored. */
function meanSquare(statistics: readonly number[]): number {
  if (statistics.length === 0) return 1;
  return Number((statistics.reduce((sum, value) => sum + value * value, 0) / statistics.length).toPrecision(6));
}

/** Rows of a hashed table at some positions. */
function take({ table, hashes }: HashedTable, positions: readonly number[]): HashedTable {
  return { table: takeRows(table, positions), hashes: Uint32Array.from(positions, (row) => hashes[row] ?? 0) };
}

function positionsIn({ start, end }: Window, { timestamps }: RowTable): number[] {
  const [from, until] = [epochSeconds(start), epochSeconds(end)];
  const positions: number[] = [];
  for (const [row, timestamp] of timestamps.entries()) if (timestamp >= from && timestamp < until) positions.push(row);
  return positions;
}
