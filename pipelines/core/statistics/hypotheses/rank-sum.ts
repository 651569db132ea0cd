/** Mann-Whitney's test of whether positives score higher than negatives. */
export interface RankSum {
  /** Share of (positive, negative) pairs in which the positive scores higher, ties counting half. */
  readonly area: number;
  /** Standardised area: positive when the positives score higher; 0 when all scores are equal or a class is missing. */
  readonly z: number;
}

/**
 * Mann-Whitney's U as an area with its standardised form under exchangeable labels.
 *
 * Formula: z = (area − ½) / sqrt((n + 1 − Σ(t³ − t) / (n(n − 1))) / (12 · n₁ · n₀)), t the sizes of the groups of equal scores
 * (https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test#Normal_approximation_and_tie_correction), no continuity correction. Normal
 * from some ten rows a class on. Assumes independent rows. Labels are 1 and 0. O(n log n).
 *
 * @example rankSum([1, 2, 3, 4], [0, 0, 1, 1]).area; // => 1
 */
export function rankSum(scores: ArrayLike<number>, labels: ArrayLike<number>): RankSum {
  const size = scores.length;
  // Numbers alone sort several times faster than rows by their numbers; all that counts is how many of either kind share a score.
  const sorted = new Float64Array(scores).sort();
  const marked = new Float64Array(size);
  let positives = 0;
  for (let row = 0; row < size; row += 1) if (labels[row] === 1) marked[positives++] = scores[row] ?? Number.NaN;
  const ofPositives = marked.subarray(0, positives).sort();
  let [rankTotal, ties, above] = [0, 0, 0];
  for (let from = 0; from < size; ) {
    const score = sorted[from];
    let to = from;
    while (to < size && sorted[to] === score) to += 1;
    const before = above;
    while (above < positives && ofPositives[above] === score) above += 1;
    const group = to - from;
    rankTotal += ((above - before) * (from + 1 + to)) / 2;
    ties += group ** 3 - group;
    from = to;
  }
  const negatives = size - positives;
  if (positives === 0 || negatives === 0) return { area: 0.5, z: 0 };
  const area = (rankTotal - (positives * (positives + 1)) / 2) / (positives * negatives);
  const variance = (size + 1 - ties / (size * (size - 1))) / (12 * positives * negatives);
  return { area, z: variance > 0 ? (area - 0.5) / Math.sqrt(variance) : 0 };
}
