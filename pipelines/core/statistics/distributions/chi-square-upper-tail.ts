import { upperRegularisedGamma } from './regularised-gamma.ts';

/**
 * The share of a chi-square distribution above x: the p value of chi-square and G statistics.
 *
 * Formula: upper regularised incomplete gamma Q(df/2, x/2) (https://dlmf.nist.gov/8.2). Full relative accuracy in the far tail. For counts it
 * is an approximation that needs expected counts of about 5 or more. O(sqrt(df)).
 *
 * @example chiSquareUpperTail(10, 2); // => 0.006737946999085469
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) throw new RangeError('chiSquareUpperTail requires at least one degree of freedom');
  return upperRegularisedGamma(degreesOfFreedom / 2, x / 2);
}
