import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { solveIncreasing } from './solve-increasing.ts';

/**
 * The value above which a share `tail` of a chi-square distribution lies: the critical value of a test at level `tail`.
 *
 * Takes the tail, not its complement, so that small levels keep their digits. Inverse of `chiSquareUpperTail`, by bisection
 * (https://en.wikipedia.org/wiki/Chi-squared_distribution). For 0 < tail < 1.
 *
 * @example chiSquareQuantile(0.05, 1); // => 3.841458820694124
 */
export function chiSquareQuantile(tail: number, degreesOfFreedom: number): number {
  if (!(tail > 0 && tail < 1)) throw new RangeError(`chiSquareQuantile requires a probability between 0 and 1, got ${tail}`);
  let upper = degreesOfFreedom + 1;
  while (chiSquareUpperTail(upper, degreesOfFreedom) > tail) upper *= 2;
  return solveIncreasing({ of: (x) => -chiSquareUpperTail(x, degreesOfFreedom), target: -tail, lower: 0, upper });
}
