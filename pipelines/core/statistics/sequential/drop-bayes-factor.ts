import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';

export interface DropStatistic {
  /** Student's t of the drop; positive: down. */
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Independent values behind the difference: n for one sample, 1 / (1/n₀ + 1/n₁) for two. */
  readonly size: number;
  /** Variance of the drops that are looked for, in squared standard deviations of a value. Left out: one, a unit of information. */
  readonly prior?: number;
}

/**
 * How much likelier a t statistic is under a drop than without one: the one-sided Bayes factor of the t test. As an e-value: mean 1 without a
 * drop, less where it rises.
 *
 * Drops d in standard deviations have density 2·N(d; 0, p) for d > 0, p the prior variance; mean and standard deviation are unknown (right Haar prior). Closed form:
 * g = 1 + p·size, g^(−½) · ((1 + t²/(νg)) / (1 + t²/ν))^(−(ν+1)/2) · 2·T_{ν+1}(t·√(p·size/g)·√((ν+1)/(ν + t²/g))) (Gönen et al. 2005,
 * https://doi.org/10.1198/000313005X55233; the last factor is the share of the posterior above 0; checked against numerical integration). Because it sees the
 * data through t alone, it stays an e-value when one looks after each value (Hendriksen, de Heide and Grünwald 2021,
 * https://arxiv.org/abs/1807.09077). Assumes independent normal values of one variance. However
 * large t is, it stays below 2·g^(ν/2): with few degrees of freedom, only a wide prior can be convinced. O(√ν).
 *
 * @example dropBayesFactor({ t: 0, degreesOfFreedom: 10, size: 3 }); // => 0.5
 */
export function dropBayesFactor({ t, degreesOfFreedom: nu, size, prior = 1 }: DropStatistic): number {
  const g = 1 + prior * size;
  const twoSided = -0.5 * Math.log(g) - ((nu + 1) / 2) * (Math.log1p((t * t) / (nu * g)) - Math.log1p((t * t) / nu));
  const place = t * Math.sqrt((prior * size) / g) * Math.sqrt((nu + 1) / (nu + (t * t) / g));
  return Math.exp(twoSided) * 2 * (1 - studentTUpperTail(place, nu + 1));
}
