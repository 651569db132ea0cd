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
  const order = Uint32Array.from({ length: size }, (_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let [positives, rankTotal, ties] = [0, 0, 0];
  for (let from = 0; from < size; ) {
    let to = from;
    let inGroup = 0;
    while (to < size && scores[order[to] ?? 0] === scores[order[from] ?? 0]) {
      inGroup += labels[order[to] ?? 0] === 1 ? 1 : 0;
      to += 1;
    }
    const group = to - from;
    positives += inGroup;
    rankTotal += (inGroup * (from + 1 + to)) / 2;
    ties += group ** 3 - group;
    from = to;
  }
  const negatives = size - positives;
  if (positives === 0 || negatives === 0) return { area: 0.5, z: 0 };
  const area = (rankTotal - (positives * (positives + 1)) / 2) / (positives * negatives);
  const variance = (size + 1 - ties / (size * (size - 1))) / (12 * positives * negatives);
  return { area, z: variance > 0 ? (area - 0.5) / Math.sqrt(variance) : 0 };
}
