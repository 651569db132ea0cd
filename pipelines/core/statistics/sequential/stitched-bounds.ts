import { zeta } from '../distributions/zeta.ts';

const STEP = 2;
const EXPONENT = 1.4;
const K1 = (STEP ** 0.25 + STEP ** -0.25) / Math.SQRT2;
const K2 = (Math.sqrt(STEP) + 1) / 2;

/**
 * Polynomial stitched boundary: a closed form that a sum of rows of known variance ever crosses with probability at most alpha, growing as the law of the
 * iterated logarithm.
 *
 * Formula: √(k₁²·v·l + (k₂·c·l)²) + k₂·c·l, l = s·ln ln(ηv/v₀) + ln(ζ(s)/(alpha·ln^s η)), η = 2, s = 1.4 (Howard et al. 2021,
 * https://arxiv.org/abs/1810.08240; checked against confseq). c = 0 for sub-Gaussian rows. Looser than a mixture near its best variance. O(1).
 *
 * No command uses it: alarms come from e-values (`restlessEvidence`, `lastingDrop`). It is kept, checked against confseq, as a rule to compare those
 * with.
 *
 * @example polynomialStitchedBound({ variance: 100, smallestVariance: 10, scale: 0 }, 0.05) > 0; // => true
 */
export function polynomialStitchedBound(
  { variance, smallestVariance, scale }: { variance: number; smallestVariance: number; scale: number },
  alpha: number,
): number {
  const used = Math.max(variance, smallestVariance);
  const doubt =
    EXPONENT * Math.log(Math.log((STEP * used) / smallestVariance)) + Math.log(zeta(EXPONENT) / (alpha * Math.log(STEP) ** EXPONENT));
  const shift = K2 * scale * doubt;
  return Math.sqrt(K1 * K1 * used * doubt + shift * shift) + shift;
}

/**
 * Double stitched boundary: how far the number of rows below the true p-quantile ever strays from p · rows, for all p at once, with probability
 * at most alpha.
 *
 * Stitched over time and over a grid of quantiles half a unit of log-odds wide (Howard and Ramdas 2022, https://arxiv.org/abs/1906.09712; checked
 * against confseq). `bestRows`: rows from which on it is meant. O(1).
 *
 * @example doubleStitchedBound({ quantile: 0.5, rows: 1000, bestRows: 100 }, 0.05) > 60; // => true
 */
export function doubleStitchedBound(
  { quantile, rows, bestRows }: { quantile: number; rows: number; bestRows: number },
  alpha: number,
): number {
  const width = 0.5;
  const used = Math.max(rows, bestRows);
  const odds = Math.log(quantile / (1 - quantile));
  const towards = 1 / (1 + Math.exp(-(odds + 2 * width * Math.sqrt((bestRows * STEP) / used))));
  const worst = quantile >= 0.5 ? quantile : Math.min(0.5, towards);
  const variance = worst * (1 - worst);
  const place = (Math.sqrt(used / bestRows) * Math.abs(odds)) / (2 * width) + 1;
  const sums = zeta(EXPONENT);
  const doubt =
    EXPONENT * Math.log(Math.log((STEP * used) / bestRows)) +
    EXPONENT * Math.log(place) +
    Math.log((2 * sums * (2 * sums + 1)) / (alpha * Math.log(STEP) ** EXPONENT));
  const shift = (K2 * (1 - 2 * quantile) * doubt) / 3;
  return width * Math.sqrt((STEP * used * variance) / bestRows) + Math.sqrt(K1 * K1 * variance * used * doubt + shift * shift) + shift;
}
