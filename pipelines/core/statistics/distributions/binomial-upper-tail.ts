import { regularisedBeta } from './regularised-beta.ts';

/**
 * The probability of more than `successes` successes in independent trials.
 *
 * Formula: incomplete beta I_p(k + 1, n − k) (https://dlmf.nist.gov/8.17#E5). For exact bands around a rate, as in calibration tests. O(sqrt(n)).
 *
 * No command uses it: the calibration suite counts false alarms with it.
 *
 * @example binomialUpperTail({ successes: 3, trials: 10, probability: 0.1 }); // => 0.012795198399999996
 */
export function binomialUpperTail(count: { successes: number; trials: number; probability: number }): number {
  if (count.successes < 0) return 1;
  if (count.successes >= count.trials) return 0;
  return regularisedBeta(count.probability, count.successes + 1, count.trials - count.successes);
}
