import { logGamma } from '../distributions/log-gamma.ts';
import { regularisedBeta } from '../distributions/regularised-beta.ts';

/** A sum of centred rows after so much variance: `sum` = Σ (value − mean), `variance` = rows · g · h. */
export interface CentredSum {
  readonly sum: number;
  readonly variance: number;
}

/** Rows lie between mean − g and mean + h. The mixture is tightest at `bestVariance`, for an error of `bestAlpha`. */
export interface BetaBinomialShape {
  readonly g: number;
  readonly h: number;
  readonly bestVariance: number;
  readonly bestAlpha: number;
  readonly oneSided: boolean;
}

/**
 * Logarithm of the beta-binomial mixture supermartingale: evidence against a mean, from the sum of rows alone, that may be looked at after every row.
 *
 * Formula: bets against the mean at every odds, averaged by a beta distribution, in closed form (Howard, Ramdas, McAuliffe and Sekhon 2021, conjugate mixtures,
 * https://arxiv.org/abs/1810.08240; checked against confseq). By Ville's inequality it ever exceeds ln(1/alpha) with probability at most alpha if the
 * rows have the mean given the past; one-sided also if they have a smaller one. For rows in a known range, e.g. 0/1 losses with g = mean and h = 1 − mean.
 * O(sqrt(rows)).
 *
 * @example betaBinomialLogMixture({ sum: 0, variance: 0 }, { g: 0.2, h: 0.8, bestVariance: 100, bestAlpha: 0.05, oneSided: false }); // => 0
 */
export function betaBinomialLogMixture({ sum, variance }: CentredSum, shape: BetaBinomialShape): number {
  const { g, h, oneSided } = shape;
  const r = priorVariance(shape);
  const width = g + h;
  const limit = oneSided ? h / width : 1;
  return (
    (variance / (g * h)) * Math.log(width) -
    ((variance + h * sum) / (h * width)) * Math.log(g) -
    ((variance - g * sum) / (g * width)) * Math.log(h) +
    logIncompleteBeta((r + variance - g * sum) / (g * width), (r + variance + h * sum) / (h * width), limit) -
    logIncompleteBeta(r / (g * width), r / (h * width), limit)
  );
}

/** The spread of the bets for which the bound is tightest at the chosen variance and error. */
function priorVariance({ g, h, bestVariance, bestAlpha, oneSided }: BetaBinomialShape): number {
  return Math.max(normalPriorVariance(bestVariance, oneSided ? 2 * bestAlpha : bestAlpha) - g * h, 1e-3 * g * h);
}

/**
 * The spread of a normal mixture that is tightest at a variance, two-sided at error alpha.
 *
 * Formula: variance / (2L + ln(1 + 2L)), L = ln(1/alpha) (https://arxiv.org/abs/1810.08240; an approximation that is close for small alpha). O(1).
 *
 * @example normalPriorVariance(100, 0.05); // => 12.60056097925634
 */
export function normalPriorVariance(variance: number, alpha: number): number {
  const doubled = 2 * Math.log(1 / alpha);
  return variance / (doubled + Math.log1p(doubled));
}

function logIncompleteBeta(a: number, b: number, limit: number): number {
  const whole = logGamma(a) + logGamma(b) - logGamma(a + b);
  return limit === 1 ? whole : whole + Math.log(regularisedBeta(limit, a, b));
}
