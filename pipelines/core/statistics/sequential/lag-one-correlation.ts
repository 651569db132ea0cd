const MOST = 0.8;
const FEWEST_VALUES = 3;

/**
 * How much neighbouring values of stretches of a series hang together: the first autocorrelation, with each stretch about its own mean, so that a step
 * between stretches is not taken for it.
 *
 * Formula: Σ (x_t − m)(x_{t−1} − m) / Σ (x_t − m)², plus (1 + 3r)/n against its bias towards −1/n (Kendall 1954,
 * https://doi.org/10.1093/biomet/41.3-4.403), between 0 and 0.8. Stretches of less than three values are left out. Short series say little: the standard
 * error is about 1/√n. O(n).
 *
 * @example lagOneCorrelation([[1, 1, 1]]); // => 0
 */
export function lagOneCorrelation(stretches: readonly (readonly number[])[]): number {
  let [products, squares, count] = [0, 0, 0];
  for (const values of stretches) {
    if (values.length < FEWEST_VALUES) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    let before = 0;
    for (const value of values) {
      products += (value - mean) * before;
      squares += (value - mean) ** 2;
      before = value - mean;
    }
    count += values.length;
  }
  if (squares === 0) return 0;
  const raw = products / squares;
  return Math.min(MOST, Math.max(0, raw + (1 + 3 * Math.max(0, raw)) / count));
}

/**
 * Independent values that tell as much of the mean as `count` values in a row of a first-order autoregression.
 *
 * Formula: n / (1 + 2·Σ_{k<n} (1 − k/n)·r^k), summed in closed form (https://doi.org/10.1175/1520-0450(1984)023%3C0800:ITEOAO%3E2.0.CO;2). For 0 <= r < 1. O(1).
 *
 * @example effectiveCount(1, 0.5); // => 1
 */
export function effectiveCount(count: number, correlation: number): number {
  if (correlation <= 0 || count <= 1) return count;
  const free = 1 - correlation;
  return count / (1 + 2 * (correlation / free - (correlation * (1 - correlation ** count)) / (count * free * free)));
}
