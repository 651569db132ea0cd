/** Rows of one key by value: how often each value came with it. */
export type ValueCounts = ReadonlyMap<string | number, number>;

/**
 * Goodman and Kruskal's lambda: the share of wrong guesses of a value that knowing its key saves; 1 when the key determines the value, 0 when it says nothing.
 *
 * In words: guess the most frequent value of each key, count the errors, compare with guessing the most frequent of all
 * (https://en.wikipedia.org/wiki/Goodman_and_Kruskal's_lambda). With few rows a key it is too large: give each some dozens. null when one value is all
 * there is, or there is no row. O(keys · values).
 *
 * @example goodmanKruskalLambda([new Map([['a', 3]]), new Map([['b', 3]])]); // => 1
 */
export function goodmanKruskalLambda(keys: Iterable<ValueCounts>): number | null {
  const all = new Map<string | number, number>();
  let [rows, right] = [0, 0];
  for (const counts of keys) {
    let most = 0;
    for (const [value, count] of counts) {
      all.set(value, (all.get(value) ?? 0) + count);
      rows += count;
      most = Math.max(most, count);
    }
    right += most;
  }
  const blind = [...all.values()].reduce((most, count) => Math.max(most, count), 0);
  return rows === blind ? null : (right - blind) / (rows - blind);
}
