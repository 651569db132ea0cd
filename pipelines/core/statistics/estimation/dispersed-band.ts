import { chiSquareUpperTail } from '../distributions/chi-square-upper-tail.ts';
import { normalQuantile } from '../distributions/normal-quantile.ts';
import { studentTQuantile } from '../distributions/student-t-quantile.ts';

/** Chance below which windows differ by more than their rows explain. */
const MORE_THAN_CHANCE = 0.1;

/** Squared standardised errors of the windows of a reference: their sum over one less than their number. */
export interface WindowErrors {
  readonly windows: number;
  readonly meanSquare: number;
}

/**
 * By what the half-width of a band of independent rows must be multiplied so that it holds figures of windows whose rows hang together: √ of the mean
 * square, times Student's quantile for that many windows over the normal one (the quasi-likelihood correction, McCullagh and Nelder 1989,
 * section 4.5). 1 while the windows differ by no more than chance (χ² test, 10 %). Assumes windows that are independent of one another. O(1).
 *
 * @example dispersedBand({ windows: 8, meanSquare: 1.2 }); // => 1
 */
export function dispersedBand({ windows, meanSquare }: WindowErrors, level = 0.95): number {
  const degrees = windows - 1;
  if (degrees < 1 || meanSquare <= 1 || chiSquareUpperTail(meanSquare * degrees, degrees) > MORE_THAN_CHANCE) return 1;
  const tail = (1 - level) / 2;
  return (Math.sqrt(meanSquare) * studentTQuantile(tail, degrees)) / normalQuantile(1 - tail);
}
