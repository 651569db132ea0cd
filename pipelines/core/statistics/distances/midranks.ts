/** Two samples ranked together. */
export interface Midranks {
  /** Rank of each value of the first sample, ascending; equal values share the mean of their ranks. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  /** How many values stand at each level, ascending. */
  readonly ties: readonly number[];
}

/**
 * Ranks of two samples in their pooled order, from 1; equal values share the mean of the ranks that they fill.
 *
 * The ground of the rank tests (https://en.wikipedia.org/wiki/Ranking#Fractional_ranking). Throws a RangeError on an empty sample or NaN.
 * O(n log n).
 *
 * @example midranks([1, 2], [2, 3]); // => { first: [1, 2.5], second: [2.5, 4], ties: [1, 2, 1] }
 */
export function midranks(first: ArrayLike<number>, second: ArrayLike<number>): Midranks {
  const [a, b] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  if (a.length === 0 || b.length === 0 || Number.isNaN(a.at(-1)) || Number.isNaN(b.at(-1))) {
    throw new RangeError('ranks require numbers in both samples');
  }
  const ranks: { first: number[]; second: number[]; ties: number[] } = { first: [], second: [], ties: [] };
  while (ranks.first.length < a.length || ranks.second.length < b.length) {
    const [i, j] = [ranks.first.length, ranks.second.length];
    const level = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    const ofFirst = run(a, i, level);
    const ofSecond = run(b, j, level);
    const rank = i + j + (ofFirst + ofSecond + 1) / 2;
    for (let times = 0; times < ofFirst; times += 1) ranks.first.push(rank);
    for (let times = 0; times < ofSecond; times += 1) ranks.second.push(rank);
    ranks.ties.push(ofFirst + ofSecond);
  }
  return ranks;
}

/** How many values from a place on equal a level. */
function run(values: Float64Array, from: number, level: number): number {
  let place = from;
  while (place < values.length && values[place] === level) place += 1;
  return place - from;
}
