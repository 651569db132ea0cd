import type { Binning, ReferenceProfile } from '../schema/reference-profile.ts';
import type { WindowProfile } from '../schema/window-profile.ts';
import { windowDispersion } from '../statistics/sequential/window-dispersion.ts';
import { binCounts } from './binning.ts';

/**
 * How much the windows of a reference differ among themselves, by column. Windows of fewer than `minimumRows` rows do not count: production would not
 * judge them either, and one nearly empty day would leave no class to compare. Columns that too few windows hold are left out.
 */
export function columnDispersions(
  windows: readonly WindowProfile[],
  { binnings, minimumRows }: { readonly binnings: Readonly<Record<string, Binning>>; readonly minimumRows: number },
): NonNullable<ReferenceProfile['dispersions']> {
  const judged = windows.filter(({ rows }) => rows >= minimumRows);
  const found = Object.entries(binnings).map(([name, binning]) => [name, dispersionOf(judged, name, binning)] as const);
  return Object.fromEntries(found.flatMap(([name, dispersion]) => (dispersion === null ? [] : [[name, dispersion] as const])));
}

function dispersionOf(windows: readonly WindowProfile[], name: string, binning: Binning) {
  const ordered = binning.kind === 'numeric' ? binning.edges.length + 1 : 0;
  const counts = windows.flatMap(({ columns }) => {
    const column = columns[name];
    // Values that the reference folded because they are rare are none of its news.
    return column === undefined ? [] : [binCounts(column, binning, Number.POSITIVE_INFINITY).counts];
  });
  return windowDispersion(counts, ordered);
}
