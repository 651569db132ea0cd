import { betaQuantile } from '../distributions/beta-quantile.ts';
import type { Bounds } from './bounds.ts';

/**
 * Exact confidence interval for a proportion: `successes` of `trials` (Clopper and Pearson 1934).
 *
 * Bounds are beta quantiles (https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Clopper-Pearson_interval). Never covers less than
 * it says, often more: for guarantees. For estimates that are shown, `wilsonInterval` is nearer the mark. O(1).
 *
 * @example clopperPearson(0, 10).lower; // => 0
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): Bounds {
  if (!(trials > 0)) throw new RangeError('clopperPearson requires at least one trial');
  const tail = (1 - level) / 2;
  const lower = successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1);
  const upper = successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes);
  return { lower, upper, level };
}
