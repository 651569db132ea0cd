const FEWEST_WINDOWS = 5;
const SMALLEST_EXPECTED = 5;

/** How much windows differ among themselves, as a multiple of what rows drawn alike would give: 1 for independent rows. */
export interface WindowDispersion {
  readonly windows: number;
  /** Of the shares of all classes. */
  readonly shares: number;
  /** Of the ranks of ordered classes: days that move up or down as a whole. 1 for categories. */
  readonly ranks: number;
}

/**
 * The usual restlessness of a column, from the windows of its reference: days have a life of their own (weekdays, storms, campaigns), and a
 * test that takes rows for independent calls every such day a drift.
 *
 * In words: chi-square of the windows by classes over its degrees of freedom (McCullagh and Nelder 1989, Generalized Linear Models, section 4.5), and for the first
 * `ordered` classes the Kruskal-Wallis statistic over its own. Classes that expect fewer than 5 rows in the smallest window count as one. Known to about ± √(2/windows) only where days
 * move as a whole, so tests that divide by it need heavier tails (see `driftEvidence`). null: fewer than 5 windows with rows. O(windows · classes).
 *
 * @example windowDispersion([[5, 5], [5, 5], [5, 5], [5, 5], [5, 5]], 2); // => { windows: 5, shares: 0, ranks: 0 }
 */
export function windowDispersion(windows: readonly (readonly number[])[], ordered: number): WindowDispersion | null {
  return groupedDispersion([windows], ordered);
}

/**
 * The same about the mean of each group of windows (all Mondays, all Tuesdays): what groups differ by is no restlessness. Statistics and degrees of freedom of the
 * groups add up; groups of one window say nothing. `windows` is one more than there are free differences between windows. null: fewer than 4 of them.
 *
 * @example groupedDispersion([[[5, 5], [5, 5], [5, 5]], [[9, 1], [9, 1], [9, 1]]], 2)?.shares; // => 0
 */
export function groupedDispersion(groups: readonly (readonly (readonly number[])[])[], ordered: number): WindowDispersion | null {
  const filled = repeated(groups);
  const free = freeOf(filled);
  if (free < FEWEST_WINDOWS - 1) return null;
  const inOrder = repeated(filled.map((windows) => windows.map((window) => window.slice(0, ordered))));
  const isRanked = ordered >= 2 && freeOf(inOrder) >= FEWEST_WINDOWS - 1;
  return { windows: free + 1, shares: pooled(filled, dispersionOfShares), ranks: isRanked ? pooled(inOrder, dispersionOfRanks) : 1 };
}

function repeated(groups: readonly (readonly (readonly number[])[])[]): (readonly (readonly number[])[])[] {
  return groups.map((windows) => windows.filter((window) => total(window) > 0)).filter(({ length }) => length > 1);
}

function freeOf(groups: readonly (readonly unknown[])[]): number {
  return groups.reduce((sum, { length }) => sum + length - 1, 0);
}

/** Mean over the free differences of all groups. */
function pooled(
  groups: readonly (readonly (readonly number[])[])[],
  dispersion: (windows: readonly (readonly number[])[]) => number,
): number {
  return groups.reduce((sum, windows) => sum + dispersion(windows) * (windows.length - 1), 0) / freeOf(groups);
}

function dispersionOfShares(windows: readonly (readonly number[])[]): number {
  const rows = windows.map(total);
  const all = total(rows);
  const columns = columnTotals(windows);
  const rare = columns.map((count) => (count * Math.min(...rows)) / all < SMALLEST_EXPECTED);
  const folded = windows.map((window) => [
    ...window.filter((_, index) => rare[index] === false),
    total(window.filter((_, index) => rare[index] === true)),
  ]);
  let statistic = 0;
  const foldedColumns = columnTotals(folded);
  for (const [index, window] of folded.entries()) {
    for (const [column, count] of window.entries()) {
      const expected = ((rows[index] ?? 0) * (foldedColumns[column] ?? 0)) / all;
      if (expected > 0) statistic += (count - expected) ** 2 / expected;
    }
  }
  const classes = foldedColumns.filter((count) => count > 0).length;
  return classes < 2 ? 1 : statistic / ((windows.length - 1) * (classes - 1));
}

/** Kruskal-Wallis with midranks and its correction for ties, over windows − 1. */
function dispersionOfRanks(windows: readonly (readonly number[])[]): number {
  const columns = columnTotals(windows);
  const all = total(columns);
  let below = 0;
  const midranks = columns.map((count) => {
    const midrank = (below + count / 2) / all - 0.5;
    below += count;
    return midrank;
  });
  const variance =
    weightedSum(
      columns,
      midranks.map((rank) => rank * rank),
    ) /
    (all - 1);
  if (!(variance > 0)) return 1;
  const between = windows.map((window) => weightedSum(window, midranks) ** 2 / total(window));
  return total(between) / variance / (windows.length - 1);
}

function columnTotals(windows: readonly (readonly number[])[]): number[] {
  return (windows[0] ?? []).map((_, column) => windows.reduce((sum, window) => sum + (window[column] ?? 0), 0));
}

function weightedSum(counts: readonly number[], values: readonly number[]): number {
  return counts.reduce((sum, count, index) => sum + count * (values[index] ?? 0), 0);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
