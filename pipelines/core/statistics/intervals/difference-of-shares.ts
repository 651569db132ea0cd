import type { Bounds } from './bounds.ts';
import { type EffectiveShare, shareInterval } from './clustered-share.ts';

/**
 * Interval for second − first of two shares, from their Wilson intervals.
 *
 * Newcombe 1998, method 10 (https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I): the distances from each share to its own
 * limits, joined by Pythagoras; behaves near 0 and 1. On effective rows it holds for rows in blocks too (the method of variance estimates recovery, Zou and
 * Donner 2008, https://doi.org/10.1002/sim.3095). Takes the shares as independent; shares of groups that meet the same days are positively dependent, which makes the interval too wide, not too
 * narrow. O(1).
 *
 * @example differenceOfShares({ value: 0.2, trials: 100, effective: 100 }, { value: 0.3, trials: 100, effective: 100 }).lower; // => -0.02024936215301336
 */
export function differenceOfShares(first: EffectiveShare, second: EffectiveShare, level = 0.95): Bounds {
  const before = shareInterval(first, level);
  const after = shareInterval(second, level);
  const difference = second.value - first.value;
  return {
    lower: difference - Math.hypot(second.value - after.lower, before.upper - first.value),
    upper: difference + Math.hypot(after.upper - second.value, first.value - before.lower),
    level,
  };
}
