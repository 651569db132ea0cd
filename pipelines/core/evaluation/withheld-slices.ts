import type { SliceDefinition } from '../schema/slice-definition.ts';

/** A declared slice and its rows. */
export interface PlacedSlice extends Pick<SliceDefinition, 'where'> {
  readonly positions: readonly number[];
}

/** What else is told of the same rows, and from how many rows on. */
export interface ToldBeside {
  /** Rows that count: their number is told. */
  readonly known: readonly number[];
  /** Rows of each protected group that is counted. */
  readonly groups: readonly (readonly number[])[];
  readonly minimumCount: number;
}

/**
 * Which declared slices may not be told, because with what is told of others they would tell of 1 to `minimumCount` − 1 rows by subtraction: a slice, a protected group or all rows hold all of it and a few more, or it holds a group
 * and a few more; or it and others of the same column that share no row with it leave a few of all rows. Slices that are small themselves are no matter of this function: they tell nothing.
 *
 * Not every sum of slices is tried: of those that lie in one another, pairs, and of those that lie beside one another, all of one column together. O(slices · (slices + groups) · rows).
 */
export function withheldSlices(slices: readonly PlacedSlice[], { known, groups, minimumCount }: ToldBeside): ReadonlySet<number> {
  const all = new Set(known);
  const counted = (positions: readonly number[]) => new Set(positions.filter((row) => all.has(row)));
  const [members, told] = [slices.map(({ positions }) => counted(positions)), [all, ...groups.map(counted)]];
  const isFew = (rows: number) => rows > 0 && rows < minimumCount;
  const withheld = new Set<number>();
  const shown = () => members.flatMap((rows, place) => (rows.size >= minimumCount && !withheld.has(place) ? [{ place, rows }] : []));
  for (const { place, rows } of shown()) {
    const around = [...told, ...shown().flatMap((other) => (other.place === place ? [] : [other.rows]))];
    const inside = around.some((other) => isFew(other.size - rows.size) && sharedRows(rows, other) === rows.size);
    const outside = told.some((other) => isFew(rows.size - other.size) && sharedRows(other, rows) === other.size);
    if (inside || outside) withheld.add(place);
  }
  for (const column of new Set(slices.map(columnsOf))) {
    const beside = apart(shown().filter(({ place }) => columnsOf(slices[place]) === column));
    const rest = all.size - beside.reduce((sum, { rows }) => sum + rows.size, 0);
    const [smallest] = beside.toSorted((a, b) => a.rows.size - b.rows.size);
    if (isFew(rest) && smallest !== undefined) withheld.add(smallest.place);
  }
  return withheld;
}

function sharedRows(some: ReadonlySet<number>, others: ReadonlySet<number>): number {
  let shared = 0;
  for (const row of some) if (others.has(row)) shared += 1;
  return shared;
}

function columnsOf(slice: PlacedSlice | undefined): string {
  return Object.keys(slice?.where ?? {})
    .sort()
    .join('\n');
}

/** Slices of which no two share a row, in their order. */
function apart<Slice extends { readonly rows: ReadonlySet<number> }>(slices: readonly Slice[]): Slice[] {
  const found: Slice[] = [];
  for (const slice of slices) if (found.every(({ rows }) => sharedRows(rows, slice.rows) === 0)) found.push(slice);
  return found;
}
