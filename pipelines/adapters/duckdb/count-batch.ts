import { SCORE_GRID } from '../../core/profile/learn-grid.ts';
import { gridCell } from '../../core/profile/numeric-profile.ts';
import type { OpenLogs } from './open-logs.ts';
import {
  cellQuery,
  countedColumns,
  countQuery,
  HOUR,
  NO_CELL,
  type NumericQueryColumn,
  type QueryPart,
  ROWS_LIMIT,
} from './profile-queries.ts';
import type { ResultTable } from './read-result.ts';
import { soundCall, soundPrediction } from './sound-rows.ts';
import { addToCell, type CategoricalTally, type NumericTally, type WindowTally } from './window-tally.ts';

/** The columns of a profile, in the order of the tallies. */
export interface ProfilePlan {
  readonly numeric: readonly (NumericQueryColumn & { readonly name: string })[];
  readonly categorical: readonly { readonly name: string; readonly as: string }[];
  readonly has: { readonly version: boolean; readonly error: boolean };
}

const SCORE = 'score';
const ABOVE_SCORES = SCORE_GRID.cells;

/**
 * Counts the rows of a batch into the tallies of their windows. Gives the batch that was counted in the end: when scores
 * or called classes turn out to be unusable, the batch is counted again without their rows, since what sets a row aside sets all of it aside.
 */
export async function countBatch(
  logs: Pick<OpenLogs, 'engine' | 'checked' | 'definition'>,
  plan: ProfilePlan,
  { part, tallies }: { readonly part: QueryPart; readonly tallies: readonly WindowTally[] },
): Promise<QueryPart['batch']> {
  const { engine, checked } = logs;
  const numbers = plan.numeric.filter(({ value }) => value === undefined);
  const counted = countedColumns(part.batch, numbers);
  const cellColumns = plan.numeric.map((column, index) => ({ ...column, index })).filter(({ as }) => !counted.includes(as));
  const cells = await engine.query(cellQuery(part, cellColumns));
  const isProbability = logs.definition.task !== 'regression';
  const score = cellColumns.findIndex(({ as, grid }) => isProbability && as === SCORE && grid.id === SCORE_GRID.id);
  if (part.batch.problems.length === 0 && (await hasBadRows(logs, part, { cells, score }))) {
    const batch = await checked.withSoundPredictions(part.batch);
    if (batch !== part.batch) return countBatch(logs, plan, { part: { ...part, batch }, tallies });
  }
  addCells(
    cells,
    cellColumns.map(({ index }) => index),
    tallies,
  );
  const indices = counted.map((as) => plan.numeric.findIndex((column) => column.as === as));
  const counting = { has: plan.has, counted, categorical: plan.categorical.map(({ as }) => as) };
  addCounts(await engine.query(countQuery(part, counting)), indices, tallies);
  return part.batch;
}

interface CountedScores {
  readonly cells: ResultTable;
  /** Place of the score among the columns of the cells; -1 where its cells do not tell what was out of range. */
  readonly score: number;
}

// The cells of the score tell for nothing whether any score lies outside [0, 1]; without them, and for called classes, the rows are looked at once more.
async function hasBadRows(
  { engine, definition }: Pick<OpenLogs, 'engine' | 'definition'>,
  { batch, condition }: QueryPart,
  { cells, score }: CountedScores,
): Promise<boolean> {
  if (score >= 0 && hasBadCells(cells, score)) return true;
  const sound = score < 0 ? soundPrediction(definition) : soundCall(definition);
  if (sound === 'true') return false;
  const table = await engine.query(`SELECT count(*) FILTER (WHERE NOT ${sound}) AS bad FROM ${batch.relation} ${condition}`);
  return table.numbers('bad')[0] !== 0;
}

function hasBadCells(cells: ResultTable, score: number): boolean {
  const [f, b, n, nd, s] = [cells.numbers('f'), cells.numbers('b'), cells.numbers('n'), cells.numbers('nd'), cells.numbers('s')];
  return f.some((column, row) => {
    if (column !== score || nd[row] === 0) return false;
    const cell = b[row] ?? 0;
    return cell < 0 || cell > ABOVE_SCORES || (cell === ABOVE_SCORES && s[row] !== n[row]);
  });
}

function addCells(table: ResultTable, columns: readonly number[], tallies: readonly WindowTally[]): void {
  const [w, f, b] = [table.numbers('w'), table.numbers('f'), table.numbers('b')];
  const [n, nd, s, ss] = [table.numbers('n'), table.numbers('nd'), table.numbers('s'), table.numbers('ss')];
  for (let row = 0; row < table.rowCount; row += 1) {
    const tally = tallies[w[row] ?? -1]?.numeric[columns[f[row] ?? -1] ?? -1];
    if (tally === undefined) continue;
    const values = nd[row] ?? 0;
    tally.missing += (n[row] ?? 0) - values;
    if (b[row] === NO_CELL) tally.nonFinite += values;
    else if (values > 0) addToCell(tally, b[row] ?? 0, [values, s[row] ?? 0, ss[row] ?? 0]);
  }
}

function addCounts(table: ResultTable, columns: readonly number[], tallies: readonly WindowTally[]): void {
  const [f, failed, hours] = [table.numbers('f'), table.numbers('failed'), table.numbers(HOUR)];
  const [versions, categories] = [table.texts('version'), table.texts('k')];
  const values = columns.map((_, index) => table.numbers(`v${index}`));
  for (const [row, entries] of table.lists('counts').entries()) {
    const place = f[row] ?? -1;
    const [version, category, hour] = [versions[row] ?? '', categories[row] ?? '', hours[row] ?? Number.NaN];
    for (const entry of entries) {
      const tally = tallies[Math.floor(entry / ROWS_LIMIT)];
      const rows = entry % ROWS_LIMIT;
      if (tally === undefined) continue;
      if (!Number.isNaN(hour)) tally.hours[hour] = (tally.hours[hour] ?? 0) + rows;
      if (place === tally.categorical.length) continue;
      const categorical = tally.categorical[place];
      if (categorical !== undefined) {
        addCategory(categorical, category, rows);
        continue;
      }
      tally.rows += rows;
      if (failed[row] === 1) tally.errors += rows;
      if (version !== '') tally.versions.set(version, (tally.versions.get(version) ?? 0) + rows);
      for (const [index, column] of columns.entries()) addValue(tally.numeric[column], values[index]?.[row] ?? Number.NaN, rows);
    }
  }
}

function addValue(tally: NumericTally | undefined, value: number, rows: number): void {
  if (tally === undefined) return;
  const cell = gridCell(value, tally.grid);
  if (Number.isNaN(value)) tally.missing += rows;
  else if (cell === null) tally.nonFinite += rows;
  else addToCell(tally, cell, [rows, rows * value, rows * value * value]);
}

function addCategory(tally: CategoricalTally, category: string, rows: number): void {
  if (category === '') tally.missing += rows;
  else tally.counts.set(category, (tally.counts.get(category) ?? 0) + rows);
}
