/**
 * Counts as shares of their total.
 *
 * The first step of every distance between two sets of classes. Throws a RangeError on an empty total, a negative or a non-finite count: a
 * distance from nothing has no value. O(classes).
 *
 * @example shares([1, 3]); // => [0.25, 0.75]
 */
export function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0) || !Number.isFinite(total) || counts.some((count) => count < 0)) {
    throw new RangeError('shares requires counts of which at least one is positive');
  }
  return counts.map((count) => count / total);
}

/**
 * Both samples as shares of the same classes. Throws a RangeError when the numbers of classes differ.
 *
 * @example pairedShares([1, 1], [1, 3]); // => [[0.5, 0.25], [0.5, 0.75]]
 */
export function pairedShares(reference: readonly number[], current: readonly number[]): [number, number][] {
  if (reference.length !== current.length) throw new RangeError('both samples require the same classes');
  const other = shares(current);
  return shares(reference).map((share, index) => [share, other[index] ?? 0]);
}
