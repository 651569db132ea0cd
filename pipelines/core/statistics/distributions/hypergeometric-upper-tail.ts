import { logGamma } from './log-gamma.ts';

/** `drawn` of `population` are drawn, `marked` of which are marked. */
export interface Draw {
  readonly population: number;
  readonly marked: number;
  readonly drawn: number;
}

/**
 * Probability that at least `found` of the drawn are marked, drawing without putting back: Fisher's exact test, one-sided.
 *
 * The sum of the hypergeometric probabilities from `found` on (https://mathworld.wolfram.com/HypergeometricDistribution.html), each from
 * the one before. Exact, and so a little conservative. O(marked).
 *
 * @example hypergeometricUpperTail({ population: 8, marked: 4, drawn: 4 }, 4); // => 0.014285714285714285
 */
export function hypergeometricUpperTail({ population, marked, drawn }: Draw, found: number): number {
  const least = Math.max(0, marked + drawn - population);
  const most = Math.min(marked, drawn);
  if (found <= least) return 1;
  if (found > most) return 0;
  const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  let each = Math.exp(logChoose(marked, found) + logChoose(population - marked, drawn - found) - logChoose(population, drawn));
  let total = 0;
  for (let x = found; x <= most; x += 1) {
    total += each;
    each *= ((marked - x) * (drawn - x)) / ((x + 1) * (population - marked - drawn + x + 1));
  }
  return Math.min(1, total);
}
