/** How far predictions of a number lie from what happened. Logarithmic and relative figures are null where they have no meaning. */
export interface RegressionMetrics {
  readonly rows: number;
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
  readonly medianAbsoluteError: number;
  /** Mean |error| / |actual|, a share; null when an actual is 0. */
  readonly mape: number | null;
  /** Mean squared difference of ln(1 + x); null when a value is −1 or less. */
  readonly msle: number | null;
  readonly rmsle: number | null;
  /** Share of the variance explained; null when the actuals do not vary. */
  readonly r2: number | null;
}

/**
 * The usual errors of a regression (https://scikit-learn.org/stable/modules/model_evaluation.html#regression-metrics, with which it agrees).
 *
 * Rows whose actual or prediction is NaN are left out. All but the median have no bound: one far value makes any figure. scikit-learn divides by the machine
 * epsilon where an actual is 0; here such a relative error has no value. null without rows. O(n log n).
 *
 * @example regressionMetrics([1, 4], [2, 2])?.mae; // => 1.5
 */
export function regressionMetrics(predictions: ArrayLike<number>, actuals: ArrayLike<number>): RegressionMetrics | null {
  const pairs = Array.from(actuals, (actual, row) => ({ actual, predicted: predictions[row] ?? Number.NaN })).filter(
    ({ actual, predicted }) => !Number.isNaN(actual) && !Number.isNaN(predicted),
  );
  const rows = pairs.length;
  if (rows === 0) return null;
  const average = (of: (pair: { actual: number; predicted: number }) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / rows;
  const absolute = pairs.map(({ actual, predicted }) => Math.abs(predicted - actual)).sort((a, b) => a - b);
  const mse = average(({ actual, predicted }) => (predicted - actual) ** 2);
  const mean = average(({ actual }) => actual);
  const variance = average(({ actual }) => (actual - mean) ** 2);
  const canDivide = pairs.every(({ actual }) => actual !== 0);
  const hasLogarithm = pairs.every(({ actual, predicted }) => actual > -1 && predicted > -1);
  const msle = hasLogarithm ? average(({ actual, predicted }) => (Math.log1p(predicted) - Math.log1p(actual)) ** 2) : null;
  return {
    rows,
    mae: average(({ actual, predicted }) => Math.abs(predicted - actual)),
    mse,
    rmse: Math.sqrt(mse),
    medianAbsoluteError: ((absolute[(rows - 1) >> 1] ?? 0) + (absolute[rows >> 1] ?? 0)) / 2,
    mape: canDivide ? average(({ actual, predicted }) => Math.abs((predicted - actual) / actual)) : null,
    msle,
    rmsle: msle === null ? null : Math.sqrt(msle),
    r2: variance > 0 ? 1 - mse / variance : null,
  };
}
