import type { Bounds } from '../intervals/bounds.ts';
import { lagOneCorrelation } from './lag-one-correlation.ts';
import type { NoisyFigure } from './lasting-drop.ts';
import { NO_WINDOWS, windowContrast, withWindow } from './window-contrast.ts';

/** How far windows lie from those in which a figure was promised. */
export interface ChangeSequence {
  /** Mean of the windows less the mean of the reference. */
  readonly change: number;
  /** null: so few windows leave any change possible. */
  readonly interval: Bounds | null;
  readonly windows: number;
  readonly referenceWindows: number;
}

/**
 * Confidence sequence for a change of the mean figure of windows: an interval that may be looked at after every window, and still misses the change, ever, with
 * probability at most alpha. Windows are the values, since the rows of one day hang together.
 *
 * All changes that the two-sided Bayes factor of the t test does not reject at 1/alpha: change ± standard error · √(ν(K − 1) / (1 − K/g)), g = 1 + size,
 * K = (√g/alpha)^(2/(ν+1)); bounded only where K < g (the factor of `dropBayesFactor` before its last term; Gönen et al. 2005, https://doi.org/10.1198/000313005X55233;
 * it stays an e-value at every look: Hendriksen, de Heide and Grünwald 2021, https://arxiv.org/abs/1807.09077, and Wang and Ramdas 2023,
 * https://arxiv.org/abs/2310.03722). A harm is sure when the whole interval lies beyond the tolerated drop: both means are bounded at once, as Podkopaev and Ramdas 2022
 * ask (https://arxiv.org/abs/2110.06177). Exact for independent normal windows of one variance; neighbours that hang together are counted for fewer, which is measured, not
 * proven (tests). null: no windows, or none that differ. O(windows).
 *
 * @example changeSequence({ reference: [1, 2], windows: [] }, 0.05); // => null
 */
export function changeSequence(
  { reference, windows }: { readonly reference: readonly number[]; readonly windows: readonly NoisyFigure[] },
  alpha: number,
): ChangeSequence | null {
  if (reference.length === 0 || windows.length === 0) return null;
  const values = windows.map(({ value }) => value);
  const correlation = lagOneCorrelation([reference, values]);
  const noise = windows.reduce((sum, { error }) => sum + error * error, 0) / windows.length;
  const found = windowContrast(reference.reduce(withWindow, NO_WINDOWS), values.reduce(withWindow, NO_WINDOWS), { correlation, noise });
  if (found === null) return null;
  const half = criticalValue(found, alpha) * found.standardError;
  const { change } = found;
  const interval = Number.isFinite(half) ? { lower: change - half, upper: change + half, level: 1 - alpha } : null;
  return { change, interval, windows: windows.length, referenceWindows: reference.length };
}

/** The |t| at which the two-sided Bayes factor reaches 1/alpha; infinite where it never does. */
function criticalValue(
  { degreesOfFreedom: nu, size }: { readonly degreesOfFreedom: number; readonly size: number },
  alpha: number,
): number {
  const g = 1 + size;
  const needed = (Math.sqrt(g) / alpha) ** (2 / (nu + 1));
  return needed < g ? Math.sqrt((nu * (needed - 1)) / (1 - needed / g)) : Number.POSITIVE_INFINITY;
}
