/**
 * The bin of a value among ascending cuts: 1 + the number of cuts at or below it; 0 when it is missing (NaN). O(log cuts).
 *
 * @example binOf(2, [2, 3]); // => 2
 */
export function binOf(value: number, cuts: ArrayLike<number>): number {
  if (Number.isNaN(value)) return 0;
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
