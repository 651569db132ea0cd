import type { Column } from '../schema/column.ts';
import type { RowTable } from '../schema/row-table.ts';
import { bandNames, bandOf, quantileCuts } from './number-bands.ts';

const BANDS = 4;
const MISSING = 'no known value';

interface Group {
  readonly name: string;
  readonly positions: readonly number[];
}

/** The rows of a table by group of one protected column. */
export interface ProtectedGroups {
  readonly groups: readonly Group[];
  /** Bounds of the groups of a numeric column; null for categories. */
  readonly cuts: readonly number[] | null;
  /** Rows of groups too small to be compared. */
  readonly foldedRows: number;
  /** Of those, the groups that are large enough to be named. */
  readonly small: readonly { readonly name: string; readonly rows: number }[];
  /** Why there are no groups. */
  readonly why: string | null;
}

/** Rows that a group needs to be compared, and to be named. */
export interface GroupSizes {
  readonly minimumRows: number;
  readonly minimumCount: number;
}

/**
 * Groups of at least `minimumRows` rows (and `minimumCount`). Numbers are cut as the column states, else at `frozen` bounds, else at the quartiles of these rows; missing values are a group of their own.
 * Groups of personal columns are numbered, not named, which needs `values` (or `cuts`) in the definition so that a number means the same group for ever.
 */
export function protectedGroups(
  column: Column,
  table: RowTable,
  { frozen, ...sizes }: GroupSizes & { readonly frozen?: readonly number[] | undefined },
): ProtectedGroups {
  const none = (why: string): ProtectedGroups => ({ groups: [], cuts: null, foldedRows: 0, small: [], why });
  if (column.kind === 'text') return none('A column of words has no groups.');
  const isPersonal = column.sensitivity === 'personal';
  const numbers = table.numeric[column.name];
  if (numbers !== undefined) {
    const cuts = column.cuts ?? frozen ?? quantileCuts(numbers, BANDS);
    const names = bandNames(cuts);
    const shown = isPersonal ? names.map((_, index) => `band ${index + 1} of ${names.length}`) : names;
    return { ...foldSmall(shown, (row) => bandOf(numbers[row] ?? Number.NaN, cuts), { table, sizes }), cuts };
  }
  const values = table.categorical[column.name];
  if (values === undefined) return none(`The log was not read with ${column.name}.`);
  if (isPersonal && column.values === undefined) {
    return none(`${column.name} is personal: list its \`values\` in model.yml, so that its groups can be numbered without being named.`);
  }
  const names = column.values ?? [...new Set(values.filter((value) => value !== null))].sort(naturally);
  const places = new Map(names.map((name, index) => [name, index]));
  const shown = isPersonal ? names.map((_, index) => `value ${index + 1} of ${names.length}`) : names;
  return { ...foldSmall(shown, (row) => places.get(values[row] ?? '') ?? -1, { table, sizes }), cuts: null };
}

function foldSmall(
  names: readonly string[],
  groupOf: (row: number) => number,
  { table, sizes }: { readonly table: RowTable; readonly sizes: GroupSizes },
): Omit<ProtectedGroups, 'cuts'> {
  const positions = [...names, MISSING].map((): number[] => []);
  for (const row of table.ids.keys()) {
    const group = groupOf(row);
    positions[group < 0 ? names.length : group]?.push(row);
  }
  const all = [...names, MISSING].map((name, index) => ({ name, positions: positions[index] ?? [] }));
  return foldedSmall(all, sizes);
}

/** Groups too small to be counted are left out where others are too, so that together they are `minimumCount` rows or more; else they are compared with the smallest group that is: all rows less those shown would tell them. */
function foldedSmall(all: readonly Group[], { minimumRows, minimumCount }: GroupSizes): Omit<ProtectedGroups, 'cuts'> {
  const sizeOf = ({ positions }: Group) => positions.length;
  const compared = all.filter((group) => sizeOf(group) >= Math.max(minimumRows, minimumCount));
  const small = all
    .filter((group) => sizeOf(group) < minimumRows && sizeOf(group) >= minimumCount)
    .toSorted((a, b) => sizeOf(a) - sizeOf(b));
  const tiny = all.filter((group) => sizeOf(group) < minimumCount);
  const tinyRows = tiny.reduce((sum, group) => sum + sizeOf(group), 0);
  const isTold = tinyRows > 0 && tinyRows < minimumCount;
  const named = isTold ? small.slice(1) : small;
  const smallest = isTold && small.length === 0 ? compared.toSorted((a, b) => sizeOf(a) - sizeOf(b))[0] : undefined;
  const joined = tiny.flatMap(({ positions }) => positions);
  const groups = compared.map((group) =>
    group === smallest
      ? {
          name: `${group.name}, with groups of fewer than ${minimumCount} rows`,
          positions: [...group.positions, ...joined].sort((a, b) => a - b),
        }
      : group,
  );
  const rows = all.reduce((sum, group) => sum + sizeOf(group), 0) - groups.reduce((sum, group) => sum + sizeOf(group), 0);
  return {
    groups,
    foldedRows: rows,
    small: all.flatMap((group) => (named.includes(group) ? [{ name: group.name, rows: sizeOf(group) }] : [])),
    why: null,
  };
}

/** Numbers by size before texts by alphabet: '2' before '10'. */
function naturally(a: string, b: string): number {
  const [m, n] = [Number(a), Number(b)];
  if (Number.isFinite(m) && Number.isFinite(n) && m !== n) return m - n;
  return a < b ? -1 : a > b ? 1 : 0;
}
