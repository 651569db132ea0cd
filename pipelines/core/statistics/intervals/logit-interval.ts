import { normalQuantile } from '../distributions/normal-quantile.ts';
import type { Bounds } from './bounds.ts';

/**
 * Confidence interval of an estimate between 0 and 1 from its standard error, made on the logit scale: it never leaves (0, 1) and leans
 * towards the middle, as sampling does near the ends.
 *
 * Formula: logit(v) ± z · se / (v(1 − v)), carried back. Recommended for the area under the precision-recall curve, where bootstraps fail, by Boyd, Eng, Page 2013
 * (https://doi.org/10.1007/978-3-642-40994-3_29), there with a binomial standard error. null at exactly 0 or 1, where the logit has no value. O(1).
 *
 * @example logitInterval({ value: 0.5, standardError: 0.1 })?.lower; // => 0.31346153569765
 */
export function logitInterval(
  { value, standardError }: { readonly value: number; readonly standardError: number },
  level = 0.95,
): Bounds | null {
  const spread = value * (1 - value);
  if (!(spread > 0)) return null;
  const half = (normalQuantile(0.5 + level / 2) * standardError) / spread;
  const centre = Math.log(value / (1 - value));
  return { lower: 1 / (1 + Math.exp(half - centre)), upper: 1 / (1 + Math.exp(-half - centre)), level };
}
