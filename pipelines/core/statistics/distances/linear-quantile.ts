/**
 * The value below which a share q of a sample lies, linear between neighbours: the default of NumPy and of R (type 7).
 *
 * In words: the value at place q · (n − 1) of the ascending sample, counted from 0 (Hyndman and Fan 1996, https://doi.org/10.1080/00031305.1996.10473566).
 * `sorted` must ascend; nothing checks it. Throws a RangeError without rows or for q outside [0, 1]. O(1).
 *
 * @example linearQuantile([1, 2, 3, 4], 0.5); // => 2.5
 */
export function linearQuantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0 || !(q >= 0 && q <= 1)) throw new RangeError('linearQuantile requires rows and a share between 0 and 1');
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(sorted.length - 1, below + 1)] ?? 0;
  return low + (high - low) * (place - below);
}
