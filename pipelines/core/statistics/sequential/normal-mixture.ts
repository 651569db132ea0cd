import { normalUpperTail } from '../distributions/normal-upper-tail.ts';
import { type CentredSum, normalPriorVariance } from './beta-binomial-mixture.ts';

/** The mixture is tightest at `bestVariance`, for an error of `bestAlpha`. */
export interface NormalMixture {
  readonly bestVariance: number;
  readonly bestAlpha: number;
  readonly oneSided: boolean;
}

/**
 * Logarithm of the normal mixture supermartingale, for sums of sub-Gaussian rows (bounded rows: variance a quarter of the squared range each).
 *
 * Formula: ½·ln(ρ/(v+ρ)) + s²/(2(v+ρ)), one-sided plus ln 2 + ln Φ(s/√(v+ρ)) (Howard et al. 2021, https://arxiv.org/abs/1810.08240; checked
 * against confseq). Unlike the beta-binomial it bounds the running mean of means that change. Wider where the mean is near 0 or 1. O(1).
 *
 * No command uses it: alarms come from e-values (`restlessEvidence`, `lastingDrop`). It is kept, checked against confseq, as a rule to compare those
 * with.
 *
 * @example normalLogMixture({ sum: 0, variance: 0 }, { bestVariance: 100, bestAlpha: 0.05, oneSided: false }); // => 0
 */
export function normalLogMixture({ sum, variance }: CentredSum, { bestVariance, bestAlpha, oneSided }: NormalMixture): number {
  const prior = normalPriorVariance(bestVariance, oneSided ? 2 * bestAlpha : bestAlpha);
  const total = variance + prior;
  const twoSided = 0.5 * Math.log(prior / total) + (sum * sum) / (2 * total);
  return oneSided ? twoSided + Math.LN2 + Math.log(normalUpperTail(-sum / Math.sqrt(total))) : twoSided;
}
