import type { Binning, ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Grid } from '../schema/window-profile.ts';
import { gridCell } from './numeric-profile.ts';

/** Rows whose labels have arrived, with the loss of the version on each; NaN where it is not known. */
export interface LostRows {
  readonly rows: RowTable;
  readonly losses: Float64Array;
}

/** How columns are cut into classes, and the fewest rows of a class of which a mean is kept. */
export interface ClassRule {
  readonly binnings: Readonly<Record<string, Binning>>;
  readonly grids: Readonly<Record<string, Grid>>;
  readonly minimumCount: number;
}

/** The mean loss of a version by column and class, parallel to the labels of `binCounts`; null for classes of too few rows. O(rows · columns). */
export function classLosses({ rows, losses }: LostRows, rule: ClassRule): NonNullable<ReferenceProfile['losses']> {
  const found = Object.entries(rule.binnings).flatMap(([name, binning]) => {
    const placeOf = placesOf(rows, { name, binning, grid: rule.grids[name] });
    return placeOf === null ? [] : [[name, meansBy(placeOf, losses, { size: sizeOf(binning), minimumCount: rule.minimumCount })] as const];
  });
  return Object.fromEntries(found);
}

/** Classes of `binCounts`: numeric ones and missing; categories, other, unseen and missing. */
function sizeOf(binning: Binning): number {
  return binning.kind === 'numeric' ? binning.edges.length + 2 : binning.categories.length + 3;
}

function placesOf(rows: RowTable, of: { readonly name: string; readonly binning: Binning; readonly grid: Grid | undefined }) {
  const { name, binning, grid } = of;
  if (binning.kind === 'categorical') {
    const values = rows.categorical[name];
    const places = new Map(binning.categories.map((value, place) => [value, place]));
    const other = binning.categories.length;
    const missing = other + 2;
    if (values === undefined) return null;
    return (row: number) => {
      const value = values[row] ?? null;
      return value === null ? missing : (places.get(value) ?? other);
    };
  }
  const values = rows.numeric[name];
  if (values === undefined || grid === undefined) return null;
  const missing = binning.edges.length + 1;
  return (row: number) => {
    const cell = gridCell(values[row] ?? Number.NaN, grid);
    return cell === null ? missing : binning.edges.filter((edge) => cell > edge).length;
  };
}

function meansBy(
  placeOf: (row: number) => number,
  losses: Float64Array,
  { size, minimumCount }: { readonly size: number; readonly minimumCount: number },
): (number | null)[] {
  const [rows, sums] = [new Float64Array(size), new Float64Array(size)];
  for (const [row, loss] of losses.entries()) {
    if (Number.isNaN(loss)) continue;
    const place = placeOf(row);
    rows[place] = (rows[place] ?? 0) + 1;
    sums[place] = (sums[place] ?? 0) + loss;
  }
  return Array.from(rows, (count, place) =>
    count < Math.max(1, minimumCount) ? null : Number(((sums[place] ?? 0) / count).toPrecision(9)),
  );
}
