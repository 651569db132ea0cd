import { regularisedBeta } from './regularised-beta.ts';
import { solveIncreasing } from './solve-increasing.ts';

/**
 * The value below which a share p of a beta distribution lies.
 *
 * For exact (Clopper-Pearson) bounds of a proportion (https://en.wikipedia.org/wiki/Beta_distribution#Quantile). Inverse of
 * `regularisedBeta`, by bisection.
 *
 * @example betaQuantile(0.5, 1, 1); // => 0.5
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`betaQuantile requires a probability, got ${p}`);
  return solveIncreasing({ of: (x) => regularisedBeta(x, a, b), target: p, lower: 0, upper: 1 });
}
