import { logGamma } from '../distributions/log-gamma.ts';
import { upperRegularisedGamma } from '../distributions/regularised-gamma.ts';
import { type CentredSum, normalPriorVariance } from './beta-binomial-mixture.ts';

/** `scale`: how far a row may lie from its mean (the c of sub-exponential and sub-Poisson rows). */
export interface GammaMixture {
  readonly bestVariance: number;
  readonly bestAlpha: number;
  readonly scale: number;
}

/**
 * Logarithm of the gamma-exponential mixture supermartingale, one-sided, for rows with an exponential tail (latencies) or for
 * empirical-Bernstein bounds of rows in a range.
 *
 * Closed form of Howard et al. 2021 (https://arxiv.org/abs/1810.08240), checked against confseq. O(√variance).
 *
 * No command uses it: alarms come from e-values (`restlessEvidence`, `lastingDrop`). It is kept, checked against confseq, as a rule to compare those
 * with.
 *
 * @example gammaExponentialLogMixture({ sum: 0, variance: 0 }, { bestVariance: 100, bestAlpha: 0.05, scale: 2 }).toFixed(12); // => '0.000000000000'
 */
export function gammaExponentialLogMixture({ sum, variance }: CentredSum, mixture: GammaMixture): number {
  const { scale } = mixture;
  const [prior, squared] = [priorOf(mixture), scale * scale];
  const shape = (variance + prior) / squared;
  const reach = (scale * sum + variance + prior) / squared;
  return (
    constant(prior / squared, (a) => 1 - upperRegularisedGamma(a, a)) +
    logGamma(shape) +
    Math.log(1 - upperRegularisedGamma(shape, reach)) -
    shape * Math.log(reach) +
    (scale * sum + variance) / squared
  );
}

/**
 * Logarithm of the gamma-Poisson mixture supermartingale, one-sided, for rows that never lie more than `scale` above their mean.
 *
 * Closed form of Howard et al. 2021 (https://arxiv.org/abs/1810.08240), checked against confseq. O(√variance).
 *
 * @example gammaPoissonLogMixture({ sum: 0, variance: 0 }, { bestVariance: 100, bestAlpha: 0.05, scale: 2 }).toFixed(12); // => '0.000000000000'
 */
export function gammaPoissonLogMixture({ sum, variance }: CentredSum, mixture: GammaMixture): number {
  const { scale } = mixture;
  const [prior, squared] = [priorOf(mixture), scale * scale];
  const rate = (variance + prior) / squared;
  const shape = sum / scale + rate;
  return (
    constant(prior / squared, (a) => upperRegularisedGamma(a, a)) +
    logGamma(shape) +
    Math.log(upperRegularisedGamma(shape, rate)) -
    shape * Math.log(rate) +
    variance / squared
  );
}

function priorOf({ bestVariance, bestAlpha }: GammaMixture): number {
  return normalPriorVariance(bestVariance, 2 * bestAlpha);
}

function constant(shape: number, share: (shape: number) => number): number {
  return shape * Math.log(shape) - logGamma(shape) - Math.log(share(shape));
}
