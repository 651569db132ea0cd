import { normalUpperTail } from './normal-upper-tail.ts';

const MAXIMUM_STEPS = 60;

/**
 * The value below which a share p of the standard normal distribution lies (inverse distribution function).
 *
 * For interval half-widths: normalQuantile(0.975) standard errors each side make a 95 % interval. Method: the rational start of
 * Abramowitz and Stegun 26.2.23 (https://personal.math.ubc.ca/~cbm/aands/page_933.htm), then Newton steps on the logarithm of the
 * tail. For 0 < p < 1; returns an infinity at 0 and 1. O(1).
 *
 * @example normalQuantile(0.975); // => 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile requires a probability, got ${p}`);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  const upper = upperTailQuantile(Math.min(p, 1 - p));
  return p < 0.5 ? -upper : upper;
}

function upperTailQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    const current = normalUpperTail(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const change = (Math.log(current / tail) * current) / density;
    z += change;
    if (Math.abs(change) <= 1e-15 * Math.max(1, Math.abs(z))) break;
  }
  return z;
}
