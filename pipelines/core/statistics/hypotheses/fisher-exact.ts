import { logGamma } from '../distributions/log-gamma.ts';

// Tables of the same probability differ by rounding only; R and SciPy use the same slack.
const SLACK = 1 + 1e-7;

/** Counts of two outcomes in two samples. */
export interface TwoByTwo {
  readonly first: readonly [number, number];
  readonly second: readonly [number, number];
}

/**
 * Fisher's exact test of a 2 × 2 table, two-sided.
 *
 * In words: given the margins, the total probability of all tables that are no more probable than the one observed
 * (https://mathworld.wolfram.com/FishersExactTest.html). Exact at any size, where chi-square needs expected counts of 5; somewhat
 * conservative. O(smallest margin).
 *
 * @example fisherExact({ first: [3, 1], second: [1, 3] }); // => 0.48571428571428565
 */
export function fisherExact(table: TwoByTwo): number {
  const [a, b] = table.first;
  const [c, d] = table.second;
  const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const logAll = logChoose(a + b + c + d, a + c);
  const probability = (x: number) => Math.exp(logChoose(a + b, x) + logChoose(c + d, a + c - x) - logAll);
  const observed = probability(a) * SLACK;
  let total = 0;
  for (let x = Math.max(0, a + c - (c + d)); x <= Math.min(a + b, a + c); x += 1) {
    const each = probability(x);
    if (each <= observed) total += each;
  }
  return Math.min(1, total);
}
