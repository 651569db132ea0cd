import { type DropStatistic, dropBayesFactor } from './drop-bayes-factor.ts';
import { lagOneCorrelation } from './lag-one-correlation.ts';
import { explainedShare, NO_WINDOWS, type WindowMoments, windowContrast, withWindow } from './window-contrast.ts';

/** One figure a window, of which more is better. */
export interface WatchedFigures {
  /** Of the windows in which it was promised; at least one. */
  readonly reference: readonly number[];
  /** Since the model serves, oldest first; late labels change old figures. */
  readonly windows: readonly NoisyFigure[];
  /** Drop that the owner accepts. */
  readonly tolerated: number;
}

/** A figure with the standard error that its rows alone give it; 0 where that is not known. */
export interface NoisyFigure {
  readonly value: number;
  readonly error: number;
}

/** What the windows say about a drop that lasts up to now. */
export interface DropEvidence {
  /** An alarm at A comes no sooner than after A windows on average while the drop is within what is tolerated. */
  readonly total: number;
  /** Of the newest window alone, against the reference; null where there is too little to compare. */
  readonly newest: number | null;
  /** The newest windows that speak most for it, and their mean. null without windows. */
  readonly windows: number | null;
  readonly mean: number | null;
}

/** So far back a drop may have begun: later than this, it has had every chance to be seen. */
const LOOK_BACK = 90;
/**
 * Variances of the drops that are looked for, in squared standard deviations of a window: of one, as small as is worth looking for, and of five, for references of so
 * few windows that no factor of the first could ever convince. The mean of two e-values is one.
 */
const PRIORS: readonly number[] = [1, 25];
/**
 * A reference of four windows knows little of how windows differ, and what it knows of how neighbours hang together is noise. Where windows differ hardly more than their
 * rows explain, rows are taken for two windows more of the one, and for eight that do not hang together of the other; both fade as windows differ by more. Measured:
 * with more than that, windows that differ by a mood of their own raise more false alarms than the budget allows.
 */
const ROWS_WORTH = 2;
const ROWS_WORTH_APART = 8;
const NOTHING: DropEvidence = { total: 0, newest: null, windows: null, mean: null };

/**
 * Whether a figure has dropped by more than is tolerated, at any time up to now, for windows that move as a whole (one storm, all flights of a day): windows
 * are the values, rows are not.
 *
 * Sums, over every window in which a drop may have begun, the Bayes factor of a drop since then against the reference less the tolerance (`dropBayesFactor`): a
 * Shiryaev-Roberts detector (Shin, Ramdas and Rinaldo, https://arxiv.org/abs/2203.03532; two samples of unknown mean and variance, so the doubt about what was
 * promised is in it). Windows vary no less than their rows alone make them, so few labels a window are no evidence; where they
 * vary hardly more, rows stand in for what few windows cannot know (`ROWS_WORTH`). Neighbouring windows that hang together count for fewer (`effectiveCount`). No state: all is computed from the windows' figures, and
 * one run of five windows says what five runs of one say. What holds exactly for independent normal windows, and one beginning, is measured for the sum and for
 * others in tests/calibration/lasting-drop.slow.test.ts. Throws a RangeError on an empty reference. O(windows²), 90 at most.
 *
 * @example lastingDrop({ reference: [0.7, 0.71, 0.69], windows: [0.5, 0.51, 0.49].map((value) => ({ value, error: 0 })), tolerated: 0.02 }).windows; // => 3
 */
export function lastingDrop({ reference, windows, tolerated }: WatchedFigures): DropEvidence {
  if (reference.length === 0) throw new RangeError('lastingDrop requires a reference');
  const promised = reference.reduce(withWindow, NO_WINDOWS);
  const limit = { ...promised, mean: promised.mean - tolerated };
  let best = { ...NOTHING, total: Number.NEGATIVE_INFINITY };
  let newest: number | null = null;
  let total = 0;
  let since = NO_WINDOWS;
  let noise = 0;
  const recent = windows.slice(-LOOK_BACK);
  const seen = recent.map(({ value }) => value);
  for (let start = seen.length - 1; start >= 0; start -= 1) {
    since = withWindow(since, seen[start] ?? Number.NaN);
    noise += (recent[start]?.error ?? 0) ** 2;
    // Each stretch about its own mean, and none of the windows between: neither this drop nor an earlier one, long over, is a sign that neighbours hang together.
    const rows = noise / since.count;
    const correlation = hangingTogether([reference, seen.slice(start)], explainedBy(rows, promised, since));
    const found = windowContrast(limit, since, { correlation, noise: rows, worth: ROWS_WORTH });
    const factor = found === null ? null : factorOf({ ...found, t: -found.t });
    if (since.count === 1) newest = factor;
    if (factor === null) continue;
    total += factor;
    if (factor > best.total) best = { total: factor, newest, windows: since.count, mean: since.mean };
  }
  return { ...best, total, newest };
}

function factorOf(statistic: DropStatistic): number {
  return PRIORS.reduce((sum, prior) => sum + dropBayesFactor({ ...statistic, prior }), 0) / PRIORS.length;
}

/** How much of the variance within the reference and within the newest windows their rows explain. */
function explainedBy(rows: number, promised: WindowMoments, since: WindowMoments): number {
  const degreesOfFreedom = promised.count + since.count - 2;
  return degreesOfFreedom < 1 ? 0 : explainedShare(rows, (promised.squares + since.squares) / degreesOfFreedom);
}

function hangingTogether(stretches: readonly (readonly number[])[], explained: number): number {
  const values = stretches.reduce((sum, { length }) => sum + length, 0);
  return (lagOneCorrelation(stretches) * values) / (values + ROWS_WORTH_APART * explained);
}
