import type { Binning, ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { Grid } from '../schema/window-profile.ts';
import { classPlaces } from './class-places.ts';

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
    const places = classPlaces(rows, { name, binning, grid: rule.grids[name] });
    return places === null ? [] : [[name, meansBy(places.of, losses, { size: places.size, minimumCount: rule.minimumCount })] as const];
  });
  return Object.fromEntries(found);
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
