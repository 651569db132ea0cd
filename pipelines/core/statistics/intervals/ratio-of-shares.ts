import { normalQuantile } from '../distributions/normal-quantile.ts';
import type { Bounds } from './bounds.ts';
import type { EffectiveShare } from './clustered-share.ts';

/** first / second with its interval; `ratio` is null when the second share is zero. */
export interface SharesRatio {
  readonly ratio: number | null;
  readonly interval: Bounds;
}

/**
 * Ratio of two shares, first / second, such as the selection rate of one group against that of another (four-fifths rule).
 *
 * ln ratio ± z · sqrt((1 − p₁)/(n₁p₁) + (1 − p₂)/(n₂p₂)) (Katz, Baptista, Azen and Pike 1978, https://doi.org/10.2307/2530610), on effective rows. Where a share is
 * zero, half a success and half a row are added to both for the interval (Walter 1975, https://doi.org/10.1093/biomet/62.2.371). Poor with fewer than about five successes. O(1).
 *
 * @example ratioOfShares({ value: 0.2, trials: 100, effective: 100 }, { value: 0.4, trials: 100, effective: 100 }).ratio; // => 0.5
 */
export function ratioOfShares(first: EffectiveShare, second: EffectiveShare, level = 0.95): SharesRatio {
  const isZero = first.value === 0 || second.value === 0;
  const [a, m] = counts(first, isZero);
  const [b, n] = counts(second, isZero);
  const centre = Math.log(a / m) - Math.log(b / n);
  const half = normalQuantile(0.5 + level / 2) * Math.sqrt(Math.max(0, 1 / a - 1 / m + 1 / b - 1 / n));
  const lower = first.value === 0 ? 0 : Math.exp(centre - half);
  return {
    ratio: second.value === 0 ? null : first.value / second.value,
    interval: { lower, upper: Math.exp(centre + half), level },
  };
}

function counts({ value, effective }: EffectiveShare, isZero: boolean): readonly [number, number] {
  const added = isZero ? 0.5 : 0;
  return [value * effective + added, effective + added];
}
