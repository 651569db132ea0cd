/** A value that occurred `weight` times. */
export interface WeightedValue {
  readonly value: number;
  readonly weight: number;
}

/** Mean, and standard error of the mean (null below two rows). */
export interface MeanEstimate {
  readonly rows: number;
  readonly mean: number;
  readonly variance: number;
  readonly standardError: number | null;
}

/**
 * Mean and variance (n − 1) of values that stand for several rows each.
 *
 * For losses and money per row, known by cell. West's update (https://doi.org/10.1145/359146.359153), which does not cancel. Weights are
 * counts of rows, not importance weights. Null without rows. O(n).
 *
 * @example weightedMoments([{ value: 1, weight: 2 }, { value: 4, weight: 1 }])?.mean; // => 2
 */
export function weightedMoments(values: Iterable<WeightedValue>): MeanEstimate | null {
  let rows = 0;
  let mean = 0;
  let squares = 0;
  for (const { value, weight } of values) {
    if (weight <= 0) continue;
    rows += weight;
    const change = value - mean;
    mean += (change * weight) / rows;
    squares += weight * change * (value - mean);
  }
  if (rows === 0) return null;
  const variance = rows > 1 ? squares / (rows - 1) : 0;
  return { rows, mean, variance, standardError: rows > 1 ? Math.sqrt(variance / rows) : null };
}
