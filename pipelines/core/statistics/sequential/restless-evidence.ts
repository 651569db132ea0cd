import { chiSquareQuantile } from '../distributions/chi-square-quantile.ts';
import { normalUpperTail } from '../distributions/normal-upper-tail.ts';
import { studentTUpperTail } from '../distributions/student-t-upper-tail.ts';
import { eValue } from './e-value.ts';

/** Windows that differ more than this among themselves have tails that no scaling describes: their statistic is reported, and is no evidence. */
const MOST_RESTLESS = 2;
/** The chance that the mean square of so few windows understates how they differ, by more than is allowed for. */
const UNDERSTATED = 0.05;
/** An e-value that a detector never sums to more than 1. */
const SILENT = 0.5;

/** How the windows of a reference differ: the mean square of a statistic that is standard normal for rows drawn alike, over so many windows. */
export interface Restlessness {
  readonly windows: number;
  readonly meanSquare: number;
}

/** What a statistic of one window says. */
export interface RestlessEvidence {
  readonly pValue: number;
  readonly eValue: number;
}

/**
 * One-sided p value and e-value of a statistic that is standard normal for independent rows, held against how much windows usually differ: divided by the
 * root mean square of the reference's own windows (by no less than 1), in the tails of Student's t for an estimate from so many windows. Every window is held
 * against the same estimate, so an estimate that is too small by chance would add up: the e-value divides by the upper 95 % limit of the mean square instead.
 *
 * Without it, a classifier tells any Sunday from a fortnight and would call every week's end a drift. The mean square is taken about 0, so that windows which
 * always differ from their reference count as restless too. A classifier is better than chance whichever way a day has wandered, so the tail is doubled.
 * Above a mean square of 2 it is no evidence at all. null: rows are taken to be independent. O(1).
 *
 * @example restlessEvidence(0, null).pValue; // => 0.5
 */
export function restlessEvidence(statistic: number, restlessness: Restlessness | null): RestlessEvidence {
  if (restlessness === null || restlessness.windows < 2) {
    const pValue = normalUpperTail(statistic);
    return { pValue, eValue: eValue(pValue) };
  }
  const { windows, meanSquare } = restlessness;
  const tail = (square: number) => {
    const scaled = statistic / Math.sqrt(Math.max(1, square));
    return Math.min(1, 2 * studentTUpperTail(scaled, windows - 1));
  };
  const most = (meanSquare * windows) / chiSquareQuantile(1 - UNDERSTATED, windows);
  const found = eValue(tail(most));
  return { pValue: tail(meanSquare), eValue: meanSquare > MOST_RESTLESS ? Math.min(found, SILENT) : found };
}
