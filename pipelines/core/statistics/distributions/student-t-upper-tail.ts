import { regularisedBeta } from './regularised-beta.ts';

/**
 * The share of Student's t distribution above t.
 *
 * For p values of means from small samples: two-sided p = 2 · studentTUpperTail(|t|, df). Formula: half of I_{df/(df+t²)}(df/2, 1/2)
 * (https://dlmf.nist.gov/8.17). Degrees of freedom may be fractional (Welch). O(sqrt(df)).
 *
 * @example studentTUpperTail(1, 1); // => 0.25
 */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const half = 0.5 * regularisedBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
  return t >= 0 ? half : 1 - half;
}
