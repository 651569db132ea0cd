import type { Binning } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Grid } from '../schema/window-profile.ts';
import { gridCell } from './numeric-profile.ts';

/** A column and how it is cut into classes. */
export interface CutColumn {
  readonly name: string;
  readonly binning: Binning;
  /** Left out for categories. */
  readonly grid: Grid | undefined;
}

/** The classes of a column, parallel to the labels of `binCounts`: numeric ones and missing; categories, other, unseen and missing. */
export interface ClassPlaces {
  readonly size: number;
  /** The class of a row. Values that the reference never held count as other. */
  readonly of: (row: number) => number;
}

/** Where the rows of a table lie among the classes of a column; null when the table lacks the column, or its grid is not known. */
export function classPlaces(rows: Pick<RowTable, 'numeric' | 'categorical'>, { name, binning, grid }: CutColumn): ClassPlaces | null {
  if (binning.kind === 'categorical') {
    const values = rows.categorical[name];
    const places = new Map(binning.categories.map((value, place) => [value, place]));
    const other = binning.categories.length;
    if (values === undefined) return null;
    const of = (row: number) => {
      const value = values[row] ?? null;
      return value === null ? other + 2 : (places.get(value) ?? other);
    };
    return { size: other + 3, of };
  }
  const values = rows.numeric[name];
  if (values === undefined || grid === undefined) return null;
  const missing = binning.edges.length + 1;
  const of = (row: number) => {
    const cell = gridCell(values[row] ?? Number.NaN, grid);
    return cell === null ? missing : binning.edges.filter((edge) => cell > edge).length;
  };
  return { size: missing + 1, of };
}
