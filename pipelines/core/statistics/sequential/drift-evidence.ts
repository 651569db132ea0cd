import { binnedRankTest } from '../distances/binned-rank-test.ts';
import { fUpperTail } from '../distributions/f-upper-tail.ts';
import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';
import { homogeneityTest } from '../hypotheses/homogeneity-test.ts';
import { mergeSmallClasses, type PairedCounts } from '../hypotheses/merge-small-classes.ts';
import { williamsGStatistic } from '../hypotheses/williams-g-statistic.ts';
import { averageEValue } from './average-e-value.ts';
import { eValue } from './e-value.ts';
import type { WindowDispersion } from './window-dispersion.ts';

/** A reference needs this many times the rows that a window weighs. */
export const REFERENCE_WINDOWS = 10;
/** A window of fewer rows says nothing. */
export const FEWEST_ROWS = 50;

/** Counts over the same classes, of which the first `ordered` lie in order (numeric classes); 0 for categories. */
export interface WatchedCounts extends PairedCounts {
  readonly ordered: number;
  /** How the reference's own windows differ (`windowDispersion`). Left out: rows are taken to be independent. */
  readonly dispersion?: WindowDispersion;
}

/** Evidence of one window against the reference, for `accumulateEvidence`. */
export interface DriftEvidence {
  readonly eValue: number;
  /** Rows that the window weighs: at most a tenth of the reference's. */
  readonly rows: number;
}

/**
 * The e-value of one signal in one window: the mean of that of `homogeneityTest`, which sees any change of shares,
 * and, where classes are ordered, of that of a rank test, which sees small shifts much sooner.
 *
 * All windows are held against one reference, so its own sampling error is in every e-value; multiplied over time it would pass for a lasting change.
 * A window therefore weighs at most a tenth of the reference's rows: counts of larger ones are scaled down, which keeps their shares and draws no
 * lots. In simulations with windows of a fifth, 200 signals raise 1.3 alarms where 1 is the budget; of a tenth, 0.4 (tests/calibration).
 *
 * With `dispersion` a window is held against the usual differences between windows: both statistics are divided by it, and their p values have the tails
 * of F and Student's t for an estimate from so many windows. Days that wander by a twentieth of a standard deviation raise 18 alarms in 90 runs without it and
 * less than one with it; independent rows then need a few runs more. null: the reference is too small to weigh 50 rows, or the window has fewer. Assumes
 * windows that share no rows. O(classes · log(classes)).
 *
 * @example driftEvidence({ reference: [500, 500], current: [50, 50], ordered: 0 })?.eValue; // => 0.5
 */
export function driftEvidence({ reference, current, ordered, dispersion }: WatchedCounts): DriftEvidence | null {
  const most = total(reference) / REFERENCE_WINDOWS;
  const counted = total(current);
  const rows = Math.min(counted, most);
  if (rows < FEWEST_ROWS) return null;
  const weighed = current.map((count) => (counted > most ? (count * most) / counted : count));
  const anyChange = eValue(sharesPValue({ reference, current: weighed }, dispersion));
  const inOrder = { reference: reference.slice(0, ordered), current: weighed.slice(0, ordered) };
  if (ordered < 2 || total(inOrder.reference) === 0 || total(inOrder.current) === 0) return { eValue: anyChange, rows };
  return { eValue: averageEValue([anyChange, eValue(ranksPValue(inOrder, dispersion))]), rows };
}

function sharesPValue(counts: PairedCounts, dispersion: WindowDispersion | undefined): number {
  if (dispersion === undefined) return homogeneityTest(counts).pValue;
  const merged = mergeSmallClasses(counts);
  const { statistic, degreesOfFreedom } = williamsGStatistic(merged.reference, merged.current);
  if (degreesOfFreedom < 1) return 1;
  // Days that move as a whole put all their differences in one of the degrees of freedom.
  const restless = Math.max(1, dispersion.shares, dispersion.ranks);
  return fUpperTail(statistic / degreesOfFreedom / restless, degreesOfFreedom, dispersion.windows - 1);
}

function ranksPValue(counts: PairedCounts, dispersion: WindowDispersion | undefined): number {
  const { statistic, pValue } = binnedRankTest(counts.reference, counts.current);
  if (dispersion === undefined) return pValue;
  const scaled = Math.abs(statistic) / Math.sqrt(Math.max(1, dispersion.ranks));
  return Math.min(1, 2 * studentTUpperTail(scaled, dispersion.windows - 1));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
