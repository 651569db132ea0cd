import { normalQuantile } from '../distributions/normal-quantile.ts';
import type { Bounds } from './bounds.ts';

/**
 * Confidence interval of a positive estimate from its standard error, made on the log scale: value · e^(± z · se / value).
 *
 * For quantities that cannot be negative and whose samples lean to the right, such as mean squares: there a sample with a small value has a small error
 * too, and the plain normal interval misses the truth mostly from below. The delta method on the logarithm
 * (https://en.wikipedia.org/wiki/Delta_method). At 0 both bounds are 0. O(1).
 *
 * @example logInterval({ value: 2, standardError: 0.5 }).upper; // => 3.264603045733369
 */
export function logInterval({ value, standardError }: { readonly value: number; readonly standardError: number }, level = 0.95): Bounds {
  if (!(value > 0)) return { lower: 0, upper: 0, level };
  const factor = Math.exp((normalQuantile(0.5 + level / 2) * standardError) / value);
  return { lower: value / factor, upper: value * factor, level };
}
