import { regularisedBeta } from './regularised-beta.ts';

/**
 * The share of an F distribution above x: of a mean square over an estimated one.
 *
 * Formula: incomplete beta I_y(d₂/2, d₁/2) at y = d₂/(d₂ + d₁·x) (https://dlmf.nist.gov/8.17). O(√(d₁ + d₂)).
 *
 * @example fUpperTail(1, 4, 4); // => 0.5
 */
export function fUpperTail(x: number, numerator: number, denominator: number): number {
  if (x <= 0) return 1;
  return regularisedBeta(denominator / (denominator + numerator * x), denominator / 2, numerator / 2);
}
