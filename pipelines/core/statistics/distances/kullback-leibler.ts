import { pairedShares } from './shares.ts';

/**
 * Kullback-Leibler divergence of the reference from the current shares, in nats: 0 for equal shares, infinite when the reference fills a class that is
 * empty now.
 *
 * Formula: Σ p · ln(p/q) (https://en.wikipedia.org/wiki/Kullback-Leibler_divergence). Neither symmetric nor bounded: for reports. The sum of both
 * directions is the population stability index. O(classes).
 *
 * @example kullbackLeibler([1, 1], [1, 1]); // => 0
 */
export function kullbackLeibler(reference: readonly number[], current: readonly number[]): number {
  return pairedShares(reference, current).reduce((sum, [p, q]) => (p > 0 ? sum + p * Math.log(p / q) : sum), 0);
}
