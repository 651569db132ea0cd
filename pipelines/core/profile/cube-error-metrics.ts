import type { Interval } from '../schema/interval.ts';
import type { ErrorSums, LabelCube } from '../schema/label-cube.ts';
import { logInterval } from '../statistics/intervals/log-interval.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import type { BareMetric } from './bare-metric.ts';
import { NO_ERRORS } from './error-sums.ts';

/** A variance below this share of the mean square is lost among the ten digits of stored sums. */
const RESOLVABLE = 1e-7;

/** Mean absolute error, root mean squared error and R² of a regression cube, from sums. O(1). */
export function cubeErrorMetrics({ labelled, errors = NO_ERRORS }: LabelCube): BareMetric[] {
  return [meanAbsoluteError(errors, labelled), rootMeanSquaredError(errors, labelled), rSquared(errors, labelled)];
}

const NO_ROWS = { value: null, interval: null, why: 'There is no labelled row.' };

function meanAbsoluteError({ absolute, squares }: ErrorSums, rows: number): BareMetric {
  const base = { metric: 'meanAbsoluteError' as const, method: 'Mean over rows, normal interval' };
  if (rows === 0) return { ...base, ...NO_ROWS };
  const value = absolute / rows;
  const standardError = errorOf(squares / rows - value ** 2, rows);
  return { ...base, value, interval: standardError === null ? null : normalInterval({ value, standardError, minimum: 0 }), why: null };
}

/**
 * The error of a root by the delta method: that of the mean square over twice the root; on the log scale, because squares lean to the right. Where errors have heavy
 * tails it is still too narrow: of log-normal labels with log-normal errors it held the truth in 89.5 % of 600 simulated samples of 1,000 rows.
 */
function rootMeanSquaredError({ squares, fourths }: ErrorSums, rows: number): BareMetric {
  const base = { metric: 'rootMeanSquaredError' as const, method: 'Root of the mean over rows, delta-method interval on the log scale' };
  if (rows === 0) return { ...base, ...NO_ROWS };
  const meanSquare = squares / rows;
  const value = Math.sqrt(meanSquare);
  const standardError = errorOf(meanSquare === 0 ? 0 : (fourths / rows - meanSquare ** 2) / (4 * meanSquare), rows);
  return { ...base, value, interval: standardError === null ? null : logInterval({ value, standardError }), why: null };
}

/**
 * R² = 1 − mean e² / variance of y, with the variance over the same rows (divided by n), as scikit-learn's r2_score. Interval by the delta method, on the log
 * scale of 1 − R²: a row's influence is −(e² − (1 − R²)(y − mean y)²) / variance, whose mean is 0 and whose mean square follows from the sums.
 */
function rSquared(errors: ErrorSums, rows: number): BareMetric {
  const base = {
    metric: 'rSquared' as const,
    method: '1 − mean squared error over the variance of the labels, delta-method interval on the log scale',
  };
  if (rows === 0) return { ...base, ...NO_ROWS };
  const mean = errors.labels / rows;
  const variance = errors.labelSquares / rows - mean ** 2;
  if (!(variance > RESOLVABLE * (errors.labelSquares / rows))) {
    return { ...base, value: null, interval: null, why: 'The labels vary too little against their size to be explained.' };
  }
  const unexplained = errors.squares / rows / variance;
  const value = 1 - unexplained;
  const fourth = centredFourth(errors, rows);
  const crossed = (errors.squaresByLabelSquares - 2 * mean * errors.squaresByLabels + mean ** 2 * errors.squares) / rows;
  const spread = (errors.fourths / rows - 2 * unexplained * crossed + unexplained ** 2 * fourth.value) / variance ** 2;
  const standardError = fourth.isResolved ? errorOf(spread, rows) : null;
  const interval = standardError === null ? null : above(logInterval({ value: unexplained, standardError }));
  return {
    ...base,
    value,
    interval,
    ...(interval === null ? { method: `${base.method}; the stored sums cannot tell it here` } : {}),
    why: null,
  };
}

/** Mean of (y − mean y)⁴, and whether the digits of the sums bear it. */
function centredFourth({ labels, labelSquares, labelThirds, labelFourths }: ErrorSums, rows: number) {
  const mean = labels / rows;
  const raw = labelFourths / rows;
  const value = raw - (4 * mean * labelThirds) / rows + (6 * mean ** 2 * labelSquares) / rows - 3 * mean ** 4;
  return { value, isResolved: value > RESOLVABLE * raw };
}

/** From the unexplained share to the explained one. */
function above({ lower, upper, level }: Interval): Interval {
  return { lower: 1 - upper, upper: 1 - lower, level };
}

/** Standard error of a figure from the variance of one row's influence; null for a single row. */
function errorOf(variance: number, rows: number): number | null {
  return rows < 2 || !Number.isFinite(variance) ? null : Math.sqrt(Math.max(0, variance) / (rows - 1));
}
