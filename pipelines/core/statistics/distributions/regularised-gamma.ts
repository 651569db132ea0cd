import { logGamma } from './log-gamma.ts';

const EPSILON = 1e-16;
const TINY = 1e-300;
const MAXIMUM_TERMS = 100_000;

/**
 * The upper regularised incomplete gamma function Q(a, x): the share of a gamma distribution of shape a that lies above x.
 *
 * Formula: integral from x to infinity of t^(a−1)·e^(−t) dt, over Γ(a); below x = a + 1 by the power series of its complement, above by
 * the continued fraction (modified Lentz), so that far tails keep their relative accuracy (https://dlmf.nist.gov/8.11, 8.9).
 * For a > 0 and x >= 0; O(sqrt(a)) terms near x = a, a few elsewhere.
 *
 * @example upperRegularisedGamma(1, 2); // => 0.1353352832366127
 */
export function upperRegularisedGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

function prefactor(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a));
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAXIMUM_TERMS; n += 1) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * EPSILON) break;
  }
  return sum * prefactor(a, x);
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let product = d;
  for (let n = 1; n < MAXIMUM_TERMS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 4) break;
  }
  return product * prefactor(a, x);
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
