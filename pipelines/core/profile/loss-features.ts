import type { Binning } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import { type Grid, SCORE_COLUMN } from '../schema/window-profile.ts';
import { classPlaces } from './class-places.ts';

export interface LossRowsOf {
  /** Columns of the loss model, $score among them. */
  readonly columns: readonly string[];
  readonly rows: RowTable;
  /** Answers of the version. */
  readonly scores: Float64Array;
  /** Rows to take. */
  readonly positions: readonly number[];
}

/** What a loss model sees of rows: by column the class of each row under the frozen binning of the reference; NaN where a column is absent. O(rows · columns). */
export function lossFeatures(
  { binnings, grids }: { readonly binnings: Readonly<Record<string, Binning>>; readonly grids: Readonly<Record<string, Grid>> },
  { columns, rows, scores, positions }: LossRowsOf,
): Float64Array[] {
  const { numeric, categorical } = rows;
  const table = { numeric: { ...numeric, [SCORE_COLUMN]: scores }, categorical };
  return columns.map((name) => {
    const binning = binnings[name];
    const places = binning === undefined ? null : classPlaces(table, { name, binning, grid: grids[name] });
    return Float64Array.from(positions, (row) => places?.of(row) ?? Number.NaN);
  });
}
