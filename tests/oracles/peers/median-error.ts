import { moments } from './numpy-bins.ts';

/**
 * Standard error of a median as NannyML gives it: 1 / (2·√n·f) with the density f at the median of the reference from a Gaussian kernel of
 * Scott's width (scipy.stats.gaussian_kde).
 */
export function kernelMedianError(reference: ArrayLike<number>, median: number, rows: number): number {
  const values = Array.from(reference);
  const n = values.length;
  const deviation = moments(values).deviation * Math.sqrt(n / (n - 1));
  const width = deviation * n ** -0.2;
  const density =
    values.reduce((sum, value) => sum + Math.exp(-(((value - median) / width) ** 2) / 2), 0) / (n * width * Math.sqrt(2 * Math.PI));
  return 1 / (2 * Math.sqrt(rows) * density);
}
