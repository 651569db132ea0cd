import { upperRegularisedGamma } from './regularised-gamma.ts';

/**
 * The share of the standard normal distribution above z.
 *
 * For p values of z statistics: two-sided p = 2 · normalUpperTail(|z|). Method: half of the upper incomplete gamma function
 * Q(1/2, z²/2) (https://dlmf.nist.gov/7.11), accurate in the far tail, where table-based functions stop. O(1).
 *
 * @example normalUpperTail(1.959963984540054); // => 0.025
 */
export function normalUpperTail(z: number): number {
  const half = 0.5 * upperRegularisedGamma(0.5, (z * z) / 2);
  return z >= 0 ? half : 1 - half;
}
