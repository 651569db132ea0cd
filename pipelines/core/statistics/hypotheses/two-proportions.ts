import { normalUpperTail } from '../distributions/normal-upper-tail.ts';
import type { Bounds } from '../intervals/bounds.ts';
import { wilsonInterval } from '../intervals/wilson-interval.ts';

/** Successes of trials. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/** second − first, with evidence. */
export interface ProportionDifference {
  readonly difference: number;
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly interval: Bounds;
}

/**
 * Difference of two proportions (second − first): pooled z test, and Newcombe's interval from the two Wilson intervals.
 *
 * z = (p₂ − p₁) / sqrt(p(1 − p)(1/n₁ + 1/n₂)) (https://www.itl.nist.gov/div898/handbook/prc/section3/prc33.htm); interval after Newcombe 1998,
 * method 10 (https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), which behaves near 0 and 1. Assumes independent
 * rows and some successes and failures; with very few, use `fisherExact`. No spread at all: z 0, p 1. O(1).
 *
 * @example twoProportions({ successes: 20, trials: 100 }, { successes: 20, trials: 100 }).pValue; // => 1
 */
export function twoProportions(first: Proportion, second: Proportion): ProportionDifference {
  const before = wilsonInterval(first.successes, first.trials);
  const after = wilsonInterval(second.successes, second.trials);
  const [p, q] = [first.successes / first.trials, second.successes / second.trials];
  const difference = q - p;
  const pooled = (first.successes + second.successes) / (first.trials + second.trials);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials));
  const statistic = spread === 0 ? 0 : difference / spread;
  return {
    difference,
    statistic,
    pValue: Math.min(1, 2 * normalUpperTail(Math.abs(statistic))),
    interval: {
      lower: difference - Math.hypot(q - after.lower, before.upper - p),
      upper: difference + Math.hypot(after.upper - q, p - before.lower),
      level: before.level,
    },
  };
}
