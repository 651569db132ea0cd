import { logGamma } from './log-gamma.ts';

/**
 * The exact one-sided distribution: probability that an empirical distribution of n rows lies somewhere at least d above the true one.
 *
 * Formula: d · Σ_j C(n, j) · (d + j/n)^(j−1) · (1 − d − j/n)^(n−j) (Birnbaum and Tingey 1951, https://doi.org/10.1214/aoms/1177729550). All
 * terms are positive, so the far tail keeps its digits. Twice it is the two-sided tail, but for a difference that vanishes in the tail. O(n).
 *
 * @example smirnovUpperTail(0.5, 1); // => 0.5
 */
export function smirnovUpperTail(d: number, n: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  const last = Math.floor(n * (1 - d));
  let sum = 0;
  for (let j = 0; j <= last; j += 1) {
    const rest = 1 - d - j / n;
    // 0^0 is 1 in this sum: the last term when d + j/n is 1.
    const tail = n === j ? 0 : (n - j) * Math.log(Math.max(0, rest));
    if (tail === Number.NEGATIVE_INFINITY) continue;
    sum += Math.exp(logGamma(n + 1) - logGamma(j + 1) - logGamma(n - j + 1) + (j - 1) * Math.log(d + j / n) + tail);
  }
  return Math.min(1, d * sum);
}
