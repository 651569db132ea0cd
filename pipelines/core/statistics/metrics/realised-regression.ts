import type { RealisedMetric } from './realised-classification.ts';

export type RegressionMetric = 'mae' | 'mape' | 'mse' | 'rmse' | 'msle' | 'rmsle';

/** A loss whose mean (or its root) is a metric. */
export type RegressionLoss = 'absolute' | 'relative' | 'squared' | 'squaredLog';

// The smallest divisor of scikit-learn's mean_absolute_percentage_error, so that a target of 0 gives a huge figure and not infinity.
const SMALLEST_TARGET = 2 ** -52;

/** The metrics of a loss: its mean and, where that is usual, the root of the mean. */
export const METRICS_OF_LOSS: Readonly<
  Record<RegressionLoss, { readonly mean: RegressionMetric; readonly root: RegressionMetric | null }>
> = {
  absolute: { mean: 'mae', root: null },
  relative: { mean: 'mape', root: null },
  squared: { mean: 'mse', root: 'rmse' },
  squaredLog: { mean: 'msle', root: 'rmsle' },
};

/** The loss of each row; null for `squaredLog` when a target or prediction is −1 or less: it has no logarithm. */
export function regressionLosses(loss: RegressionLoss, targets: Float64Array, predictions: Float64Array): Float64Array | null {
  const of = (value: (target: number, prediction: number) => number) =>
    targets.map((target, row) => value(target, predictions[row] ?? Number.NaN));
  switch (loss) {
    case 'absolute':
      return of((target, prediction) => Math.abs(prediction - target));
    case 'relative':
      return of((target, prediction) => Math.abs(prediction - target) / Math.max(SMALLEST_TARGET, Math.abs(target)));
    case 'squared':
      return of((target, prediction) => (prediction - target) ** 2);
    case 'squaredLog': {
      const losses = of((target, prediction) =>
        target > -1 && prediction > -1 ? (Math.log1p(prediction) - Math.log1p(target)) ** 2 : Number.NaN,
      );
      return losses.some(Number.isNaN) ? null : losses;
    }
  }
}

/**
 * Metrics of a regression on labelled rows with their standard errors: MAE, MAPE, MSE, RMSE, MSLE, RMSLE.
 *
 * Mean losses: spread over √n. Roots by the delta method: error of the mean over twice the root. MAPE is a fraction, not per cent, and says little
 * when targets come near 0. Formulas: https://scikit-learn.org/stable/modules/model_evaluation.html#regression-metrics. Assumes independent rows. O(n).
 *
 * @example realisedRegression(Float64Array.of(1, 3), Float64Array.of(2, 5))[0]?.value; // => 1.5
 */
export function realisedRegression(targets: Float64Array, predictions: Float64Array): RealisedMetric<RegressionMetric>[] {
  return (Object.keys(METRICS_OF_LOSS) as RegressionLoss[]).flatMap((loss) => {
    const losses = regressionLosses(loss, targets, predictions);
    const { mean, root } = METRICS_OF_LOSS[loss];
    const names = root === null ? [mean] : [mean, root];
    const why =
      targets.length === 0
        ? 'There is no row.'
        : losses === null
          ? 'A target or prediction of −1 or less has no logarithm of 1 + x.'
          : null;
    if (losses === null || why !== null) return names.map((metric) => ({ metric, value: null, standardError: null, why }));
    return meanAndRoot(loss, losses);
  });
}

/** The metrics of a loss from the loss of each row; errors are null for a single row. */
export function meanAndRoot(loss: RegressionLoss, losses: Float64Array): RealisedMetric<RegressionMetric>[] {
  const rows = losses.length;
  const value = losses.reduce((sum, each) => sum + each, 0) / rows;
  const squares = losses.reduce((sum, each) => sum + (each - value) ** 2, 0);
  const standardError = rows > 1 ? Math.sqrt(squares / (rows - 1) / rows) : null;
  const { mean, root } = METRICS_OF_LOSS[loss];
  const ofMean = { metric: mean, value, standardError, why: null };
  if (root === null) return [ofMean];
  const rooted = Math.sqrt(value);
  const ofRoot = standardError === null || rooted === 0 ? standardError : standardError / (2 * rooted);
  return [ofMean, { metric: root, value: rooted, standardError: ofRoot, why: null }];
}
