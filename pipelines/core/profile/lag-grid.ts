const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const DAYS = [1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 105, 120, 150, 182, 273, 365];

/**
 * Upper ends of the cells of the lag grid, seconds from a prediction to its label: cell i holds lags in (end[i − 1], end[i]], the first also labels
 * that clocks stamped before their prediction; the cell after the last is open. One grid for all models, so that curves can be laid side by side.
 */
export const LAG_ENDS: readonly number[] = [MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, ...DAYS.map((days) => days * DAY)];

/** The cell of a lag in seconds. */
export function lagCell(seconds: number): number {
  const cell = LAG_ENDS.findIndex((end) => seconds <= end);
  return cell === -1 ? LAG_ENDS.length : cell;
}
