import { normalQuantile } from '../distributions/normal-quantile.ts';
import type { Bounds } from './bounds.ts';

const USUAL_LEVEL = 0.95;
// Every column of every window asks for it.
const USUAL_Z = normalQuantile(0.5 + USUAL_LEVEL / 2);

/**
 * Confidence interval for a proportion: `successes` of `trials` (Wilson's score interval, no continuity correction).
 *
 * Formula: centre (k + z²/2) / (n + z²), half-width z/(n + z²) · sqrt(k(n − k)/n + z²/4). Stays inside [0, 1] and is sensible at 0 and n
 * successes, where the textbook interval collapses. Source: Brown, Cai, DasGupta 2001 (https://doi.org/10.1214/ss/1009213286).
 * Assumes independent trials: with clustered rows it is too narrow. O(1).
 *
 * @example wilsonInterval(5, 10).lower; // => 0.2365930905125641
 */
export function wilsonInterval(successes: number, trials: number, level = USUAL_LEVEL): Bounds {
  if (!(trials > 0)) throw new RangeError('wilsonInterval requires at least one trial');
  const z = level === USUAL_LEVEL ? USUAL_Z : normalQuantile(0.5 + level / 2);
  const weight = trials + z * z;
  const centre = (successes + (z * z) / 2) / weight;
  const half = (z / weight) * Math.sqrt((successes * (trials - successes)) / trials + (z * z) / 4);
  const lower = successes === 0 ? 0 : Math.max(0, centre - half);
  const upper = successes === trials ? 1 : Math.min(1, centre + half);
  return { lower, upper, level };
}
