import { placeInWeek } from '../schema/place-in-week.ts';
import type { Binning, ReferenceProfile } from '../schema/reference-profile.ts';
import type { WindowProfile } from '../schema/window-profile.ts';
import { groupedDispersion, windowDispersion } from '../statistics/sequential/window-dispersion.ts';
import { binRows } from './binning.ts';

/** Classes by column, and the fewest rows of a window that counts. */
export interface DispersionRule {
  readonly binnings: Readonly<Record<string, Binning>>;
  readonly minimumRows: number;
}

/**
 * How much the windows of a reference differ among themselves, by column. Windows of fewer than `minimumRows` rows do not count: production would not
 * judge them either, and one nearly empty day would leave no class to compare. Columns that too few windows hold are left out.
 */
export function columnDispersions(
  windows: readonly WindowProfile[],
  { binnings, minimumRows }: DispersionRule,
): NonNullable<ReferenceProfile['dispersions']> {
  const judged = windows.filter(({ rows }) => rows >= minimumRows);
  return named(binnings, (name, binning) => windowDispersion(countsOf(judged, name, binning), orderedOf(binning)));
}

/** The same about the mean of each place in the week: Fridays among Fridays. Columns of a reference with too few weeks are left out. */
export function weeklyDispersions(
  windows: readonly WindowProfile[],
  { binnings, minimumRows }: DispersionRule,
): NonNullable<ReferenceProfile['dispersions']> {
  const byPlace = new Map<number, WindowProfile[]>();
  for (const profile of windows.filter(({ rows }) => rows >= minimumRows)) {
    const place = placeInWeek(profile.window);
    byPlace.set(place, [...(byPlace.get(place) ?? []), profile]);
  }
  return named(binnings, (name, binning) =>
    groupedDispersion(
      [...byPlace.values()].map((each) => countsOf(each, name, binning)),
      orderedOf(binning),
    ),
  );
}

function named<T>(binnings: DispersionRule['binnings'], dispersionOf: (name: string, binning: Binning) => T | null): Record<string, T> {
  const found = Object.entries(binnings).map(([name, binning]) => [name, dispersionOf(name, binning)] as const);
  return Object.fromEntries(found.flatMap(([name, dispersion]) => (dispersion === null ? [] : [[name, dispersion] as const])));
}

function orderedOf(binning: Binning): number {
  return binning.kind === 'numeric' ? binning.edges.length + 1 : 0;
}

function countsOf(windows: readonly WindowProfile[], name: string, binning: Binning): (readonly number[])[] {
  return windows.flatMap(({ columns }) => {
    const column = columns[name];
    // Values that the reference folded because they are rare are none of its news.
    return column === undefined ? [] : [binRows(column, binning, Number.POSITIVE_INFINITY)];
  });
}
