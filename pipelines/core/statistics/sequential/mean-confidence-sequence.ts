import { solveIncreasing } from '../distributions/solve-increasing.ts';
import type { Bounds } from '../intervals/bounds.ts';
import { betaBinomialLogMixture } from './beta-binomial-mixture.ts';

/** Rows in [0, 1] by number and sum: additive over windows, so late labels only change the sums. */
export interface RiskSums {
  readonly rows: number;
  readonly sum: number;
}

export interface SequenceRules {
  /** Probability that the interval ever misses the mean, over all looks together. */
  readonly alpha: number;
  /** Rows at which the interval is tightest. */
  readonly bestRows: number;
  /** Error for which it is; 0.05 where left out. */
  readonly bestAlpha?: number;
}

const USUAL_ALPHA = 0.05;

/**
 * Confidence sequence for a mean of rows in [0, 1]: an interval that may be looked at after every row and still misses the mean, ever, with
 * probability at most alpha only.
 *
 * In words: all means that the beta-binomial mixture does not reject (Howard et al. 2021, https://arxiv.org/abs/1810.08240; equal to confseq's Bernoulli
 * interval). Exact for 0/1, wider than needed for values in between. Assumes that each row has the same mean given the rows before: rows that hang
 * together (a storm, a weekday) break it, and then block means are the rows (see `blockConfidenceSequence`). No rows: [0, 1]. O(sqrt(rows)) times 50.
 *
 * No command uses it: rows of a window hang together, so the watch weighs windows (`lastingDrop`, `changeSequence`). It is kept, checked against
 * confseq, as a rule to compare those with.
 *
 * @example meanConfidenceSequence({ rows: 0, sum: 0 }, { alpha: 0.05, bestRows: 100 }); // => { lower: 0, upper: 1, level: 0.95 }
 */
export function meanConfidenceSequence(sums: RiskSums, rules: SequenceRules): Bounds {
  return { lower: end(sums, rules, 'lower', false), upper: end(sums, rules, 'upper', false), level: 1 - rules.alpha };
}

/** Lower bound alone: the mean is ever below it with probability at most alpha. Tighter than the lower end of the interval. */
export function lowerConfidenceSequence(sums: RiskSums, rules: SequenceRules): number {
  return end(sums, rules, 'lower', true);
}

/** Upper bound alone: the mean is ever above it with probability at most alpha. */
export function upperConfidenceSequence(sums: RiskSums, rules: SequenceRules): number {
  return end(sums, rules, 'upper', true);
}

function end({ rows, sum }: RiskSums, rules: SequenceRules, side: 'lower' | 'upper', oneSided: boolean): number {
  if (!(sum >= 0 && sum <= rows))
    throw new RangeError(`a confidence sequence requires rows in [0, 1], got a sum of ${sum} of ${rows} rows`);
  // The upper bound of a mean is one minus the lower bound of the complement.
  if (side === 'upper') return 1 - end({ rows, sum: rows - sum }, rules, 'lower', oneSided);
  if (sum === 0) return 0;
  const of = (mean: number) => -evidenceAgainst(mean, { rows, sum }, { ...rules, oneSided });
  return solveIncreasing({ of, target: Math.log(rules.alpha), lower: 0, upper: sum / rows });
}

function evidenceAgainst(mean: number, { rows, sum }: RiskSums, rules: SequenceRules & { oneSided: boolean }): number {
  if (mean <= 0) return Number.POSITIVE_INFINITY;
  const [g, h] = [mean, 1 - mean];
  if (h <= 0) return Number.NEGATIVE_INFINITY;
  const shape = { g, h, bestVariance: g * h * rules.bestRows, bestAlpha: rules.bestAlpha ?? USUAL_ALPHA, oneSided: rules.oneSided };
  return betaBinomialLogMixture({ sum: sum - rows * mean, variance: g * h * rows }, shape);
}
