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
 * For losses and money per row, known by cell. Two passes (https://doi.org/10.1080/00031305.1983.10483115), so nothing cancels. Weights are
 * counts of rows, not importance weights. Null without rows. O(n).
 *
 * @example weightedMoments([{ value: 1, weight: 2 }, { value: 4, weight: 1 }])?.mean; // => 2
 */
export function weightedMoments(values: Iterable<WeightedValue>): MeanEstimate | null {
  const used = [...values].filter(({ weight }) => weight > 0);
  const rows = used.reduce((sum, { weight }) => sum + weight, 0);
  if (rows === 0) return null;
  const mean = used.reduce((sum, { value, weight }) => sum + value * weight, 0) / rows;
  const squares = used.reduce((sum, { value, weight }) => sum + weight * (value - mean) ** 2, 0);
  const variance = rows > 1 ? squares / (rows - 1) : 0;
  return { rows, mean, variance, standardError: rows > 1 ? Math.sqrt(variance / rows) : null };
}
