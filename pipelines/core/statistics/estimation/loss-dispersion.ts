import type { WindowErrors } from './dispersed-band.ts';
import { type CrossFittedLosses, classOf, lossNoise } from './estimated-regression.ts';

/** Labelled reference rows: the loss of each, and the window it lies in. */
export interface WindowedLosses {
  readonly losses: Float64Array;
  readonly windows: ArrayLike<number>;
  /** Windows of fewer rows say nothing. */
  readonly leastRows: number;
}

const FEWEST_WINDOWS = 3;
const DIGITS = 10;

/**
 * How far the mean losses of the windows of a reference fall from what models that did not see them expect, in standard errors of independent rows:
 * the mean square over one less than the windows, for `dispersedBand`. About 1 when rows are independent; more when the rows of a window share a fate (a storm).
 * The folds of the models must be whole windows. null with fewer than three windows. O(n).
 */
export function lossDispersion({ model, unseen }: CrossFittedLosses, { losses, windows, leastRows }: WindowedLosses): WindowErrors | null {
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < losses.length; row += 1) {
    const window = windows[row] ?? 0;
    const rows = rowsOf.get(window) ?? [];
    rows.push(row);
    rowsOf.set(window, rows);
  }
  const enough = [...rowsOf.values()].filter((rows) => rows.length >= leastRows);
  if (enough.length < FEWEST_WINDOWS) return null;
  const squares = enough.map((rows) => {
    const error = rows.reduce((sum, row) => sum + (losses[row] ?? 0) - (unseen[row] ?? 0), 0) / rows.length;
    const { label, reference } = lossNoise(
      model,
      Uint8Array.from(rows, (row) => classOf(unseen[row] ?? 0, model.ends)),
    );
    const variance = label * label + reference * reference;
    return variance === 0 ? 0 : (error * error) / variance;
  });
  const meanSquare = squares.reduce((sum, square) => sum + square, 0) / (enough.length - 1);
  return { windows: enough.length, meanSquare: Number(meanSquare.toPrecision(DIGITS)) };
}
