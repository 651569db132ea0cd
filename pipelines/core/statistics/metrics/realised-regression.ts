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
 * Metrics of a regression on labelled rows with their standard errors: MAE, MAPE, MSE, RMSE, MSLE, RMSLE, R² and the median absolute error.
 *
 * Mean losses: spread over √n. Roots by the delta method: error of the mean over twice the root; R² by the influence of each row on both of its parts. The median has no error here. MAPE is a fraction, not per
 * cent, says little when targets come near 0, and has no value where one is 0 (scikit-learn divides by the machine epsilon there). Rows whose target or prediction is NaN are left out. All but the median have no bound: one
 * far value makes any figure. Formulas: https://scikit-learn.org/stable/modules/model_evaluation.html#regression-metrics, with which it agrees. Assumes independent rows. O(n log n).
 *
 * @example realisedRegression(Float64Array.of(1, 3), Float64Array.of(2, 5))[0]?.value; // => 1.5
 */
export function realisedRegression(targets: Float64Array, predictions: Float64Array): RealisedMetric<RealisedRegressionMetric>[] {
  const known = (_: number, row: number) => !Number.isNaN((targets[row] ?? Number.NaN) - (predictions[row] ?? Number.NaN));
  const [labels, answers] = [targets.filter(known), predictions.filter(known)];
  return [
    ...(Object.keys(METRICS_OF_LOSS) as RegressionLoss[]).flatMap((loss) => metricsOf(loss, labels, answers)),
    explainedVariance(labels, answers),
    medianError(labels, answers),
  ];
}

/** What is told of labelled rows beside mean losses. */
export type RealisedRegressionMetric = RegressionMetric | 'r2' | 'medianAbsoluteError';

const NO_ROW = 'There is no row.';

function metricsOf(loss: RegressionLoss, targets: Float64Array, predictions: Float64Array): RealisedMetric<RegressionMetric>[] {
  const losses = regressionLosses(loss, targets, predictions);
  const { mean, root } = METRICS_OF_LOSS[loss];
  const lacking = (why: string) => (root === null ? [mean] : [mean, root]).map((metric) => lack(metric, why));
  if (targets.length === 0) return lacking(NO_ROW);
  if (loss === 'relative' && targets.includes(0)) return lacking('A target is 0: nothing is a share of it.');
  return losses === null ? lacking('A target or prediction of −1 or less has no logarithm of 1 + x.') : meanAndRoot(loss, losses);
}

/** 1 − mean squared error / variance of the targets. */
function explainedVariance(targets: Float64Array, predictions: Float64Array): RealisedMetric<'r2'> {
  const rows = targets.length;
  if (rows === 0) return lack('r2', NO_ROW);
  const average = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0) / rows;
  const centre = average(targets);
  const errors = targets.map((target, row) => (target - (predictions[row] ?? Number.NaN)) ** 2);
  const squares = targets.map((target) => (target - centre) ** 2);
  const [left, whole] = [average(errors), average(squares)];
  if (!(whole > 0)) return lack('r2', 'All targets are the same.');
  const influences = errors.map((error, row) => (left / whole) * ((squares[row] ?? 0) - whole) - (error - left));
  const standardError = rows > 1 ? Math.sqrt(influences.reduce((sum, each) => sum + each ** 2, 0) / (rows - 1) / rows) / whole : null;
  return { metric: 'r2', value: 1 - left / whole, standardError, why: null };
}

function medianError(targets: Float64Array, predictions: Float64Array): RealisedMetric<'medianAbsoluteError'> {
  const rows = targets.length;
  if (rows === 0) return lack('medianAbsoluteError', NO_ROW);
  const sorted = targets.map((target, row) => Math.abs((predictions[row] ?? Number.NaN) - target)).sort();
  const value = ((sorted[(rows - 1) >> 1] ?? 0) + (sorted[rows >> 1] ?? 0)) / 2;
  return { metric: 'medianAbsoluteError', value, standardError: null, why: null };
}

function lack<Name extends string>(metric: Name, why: string): RealisedMetric<Name> {
  return { metric, value: null, standardError: null, why };
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
