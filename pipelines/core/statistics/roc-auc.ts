/** Area under the ROC curve with its standard error. */
export interface RocAuc {
  readonly value: number;
  /** DeLong; null with fewer than two rows of a class. */
  readonly standardError: number | null;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * How well scores rank positives above negatives: the share of (positive, negative) pairs in which the positive scores higher, ties counting half.
 *
 * Exact and tie-aware through midranks (Mann-Whitney). Standard error: √(S10/n₁ + S01/n₀) from the placements of each row, computed from midranks as in
 * Sun and Xu 2014, "Fast implementation of DeLong's algorithm" (https://ieeexplore.ieee.org/document/6851192; DeLong et al. 1988).
 * Assumes independent rows; says nothing about calibration. Labels are 1 and 0. null when a class is missing. O(n log n).
 *
 * @example rocAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), Float64Array.of(0, 0, 1, 1))?.value // 0.75
 */
export function rocAuc(scores: Float64Array, labels: Float64Array): RocAuc | null {
  const positive = Float64Array.from(scores.filter((_, row) => labels[row] === 1)).sort();
  const negative = Float64Array.from(scores.filter((_, row) => labels[row] === 0)).sort();
  if (positive.length === 0 || negative.length === 0) return null;
  const above = placements(positive, negative);
  const below = placements(negative, positive);
  const standardError =
    positive.length < 2 || negative.length < 2 ? null : Math.sqrt(above.variance / positive.length + below.variance / negative.length);
  return { value: above.mean, standardError, positives: positive.length, negatives: negative.length };
}

/** Mean and sample variance of each own value's share of other values below it, ties counting half. Both ascending. */
function placements(own: Float64Array, other: Float64Array): { mean: number; variance: number } {
  let smaller = 0;
  let notLarger = 0;
  let sum = 0;
  let squares = 0;
  for (const value of own) {
    while (smaller < other.length && (other[smaller] ?? 0) < value) smaller += 1;
    while (notLarger < other.length && (other[notLarger] ?? 0) <= value) notLarger += 1;
    const placement = (smaller + notLarger) / (2 * other.length);
    sum += placement;
    squares += placement * placement;
  }
  const mean = sum / own.length;
  return { mean, variance: Math.max(0, (squares - own.length * mean * mean) / Math.max(1, own.length - 1)) };
}
