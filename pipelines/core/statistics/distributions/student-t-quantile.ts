import { solveIncreasing } from './solve-increasing.ts';
import { studentTUpperTail } from './student-t-upper-tail.ts';

/**
 * The value above which a share `tail` of Student's t distribution lies, for 0 < tail <= 0.5: half-widths of intervals for means.
 *
 * Inverse of `studentTUpperTail`, by bisection (https://en.wikipedia.org/wiki/Student%27s_t-distribution).
 *
 * @example studentTQuantile(0.25, 1); // => 1
 */
export function studentTQuantile(tail: number, degreesOfFreedom: number): number {
  if (!(tail > 0 && tail <= 0.5)) throw new RangeError(`studentTQuantile requires a tail of at most one half, got ${tail}`);
  let upper = 1;
  while (studentTUpperTail(upper, degreesOfFreedom) > tail) upper *= 2;
  return solveIncreasing({ of: (t) => -studentTUpperTail(t, degreesOfFreedom), target: -tail, lower: 0, upper });
}
