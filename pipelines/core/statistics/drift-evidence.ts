import { averageEValue } from './average-e-value.ts';
import { binnedRankTest } from './binned-rank-test.ts';
import { eValue } from './e-value.ts';
import { homogeneityTest } from './homogeneity-test.ts';
import type { PairedCounts } from './merge-small-classes.ts';

/** A reference needs this many times the rows that a window weighs. */
export const REFERENCE_WINDOWS = 10;
const FEWEST_ROWS = 50;

/** Counts over the same classes, of which the first `ordered` lie in order (numeric classes); 0 for categories. */
export interface WatchedCounts extends PairedCounts {
  readonly ordered: number;
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
 * lots. With windows of a fifth, 200 signals raise 1.3 alarms where 1 is the budget; of a tenth, 0.4 (tests/calibration). null: the reference is too small to weigh
 * 50 rows, or the window has fewer. Assumes rows that are independent and windows that share no rows. O(classes · log(classes)).
 *
 * @example driftEvidence({ reference: [500, 500], current: [50, 50], ordered: 0 })?.eValue; // => 0.5
 */
export function driftEvidence({ reference, current, ordered }: WatchedCounts): DriftEvidence | null {
  const most = total(reference) / REFERENCE_WINDOWS;
  const counted = total(current);
  const rows = Math.min(counted, most);
  if (rows < FEWEST_ROWS) return null;
  const weighed = current.map((count) => (counted > most ? (count * most) / counted : count));
  const anyChange = eValue(homogeneityTest({ reference, current: weighed }).pValue);
  if (ordered < 2) return { eValue: anyChange, rows };
  const [before, after] = [reference.slice(0, ordered), weighed.slice(0, ordered)];
  if (total(before) === 0 || total(after) === 0) return { eValue: anyChange, rows };
  return { eValue: averageEValue([anyChange, eValue(binnedRankTest(before, after).pValue)]), rows };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
