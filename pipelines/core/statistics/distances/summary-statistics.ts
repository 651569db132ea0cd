import { normalQuantile } from '../distributions/normal-quantile.ts';
import { linearQuantile } from './linear-quantile.ts';

/** A figure with its standard error; null where the rows do not allow one. */
export interface SummaryFigure {
  readonly value: number;
  readonly standardError: number | null;
}

export interface SummaryStatistics {
  readonly rows: number;
  readonly mean: SummaryFigure;
  readonly sum: SummaryFigure;
  readonly median: SummaryFigure;
  /** With n − 1. */
  readonly standardDeviation: SummaryFigure;
}

/**
 * Mean, sum, median and standard deviation of a sample, each with its sampling error.
 *
 * Errors: s/√n; s·√n (a sum over as many rows); for the standard deviation sqrt((m₄ − s⁴(n − 3)/(n − 1)) / n) / 2s with the fourth central moment m₄
 * (Rao 1973); for the median the width of its 95 % interval between order statistics over 3.92 (Woodruff 1952,
 * https://doi.org/10.1080/01621459.1952.10483443), which needs no density estimate. Means, sums and deviations have no bound: one far value makes
 * any figure of them, so they are for reports. Throws a RangeError without rows or on NaN. O(n log n).
 *
 * @example summaryStatistics([1, 2, 3]).mean.value; // => 2
 */
export function summaryStatistics(values: ArrayLike<number>): SummaryStatistics {
  const sorted = Float64Array.from(values).sort();
  const rows = sorted.length;
  if (rows === 0 || Number.isNaN(sorted[rows - 1])) throw new RangeError('summaryStatistics requires numbers');
  const sum = sorted.reduce((total, value) => total + value, 0);
  const mean = sum / rows;
  const [second, fourth] = [2, 4].map((power) => sorted.reduce((total, value) => total + (value - mean) ** power, 0) / rows);
  const deviation = Math.sqrt(((second ?? 0) * rows) / (rows - 1));
  const errorOf = (value: number) => (rows > 1 ? value : null);
  return {
    rows,
    mean: { value: mean, standardError: errorOf(deviation / Math.sqrt(rows)) },
    sum: { value: sum, standardError: errorOf(deviation * Math.sqrt(rows)) },
    median: { value: linearQuantile(sorted, 0.5), standardError: errorOf(medianError(sorted)) },
    standardDeviation: { value: rows > 1 ? deviation : 0, standardError: deviationError({ rows, deviation, fourth: fourth ?? 0 }) },
  };
}

function deviationError({ rows, deviation, fourth }: { rows: number; deviation: number; fourth: number }): number | null {
  if (rows < 4 || deviation === 0) return null;
  const spread = fourth - (deviation ** 4 * (rows - 3)) / (rows - 1);
  return spread > 0 ? Math.sqrt(spread / rows) / (2 * deviation) : null;
}

/** Ranks of a two-sigma interval around the median, back to one sigma: wider ranks smooth over ties and gaps. */
function medianError(sorted: Float64Array): number {
  const z = normalQuantile(0.975);
  const share = (z * 0.5) / Math.sqrt(sorted.length);
  const [low, high] = [Math.max(0, 0.5 - share), Math.min(1, 0.5 + share)];
  return (linearQuantile(sorted, high) - linearQuantile(sorted, low)) / (2 * z);
}
