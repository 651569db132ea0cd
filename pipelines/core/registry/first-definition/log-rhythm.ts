import { UserError } from '../../errors/user-error.ts';
import { linearQuantile } from '../../statistics/distances/linear-quantile.ts';

const DAY = 86_400;
const LENGTHS = [3600, 6 * 3600, ...[1, 7, 14, 28, 56, 91, 182, 364].map((days) => days * DAY)];
/** A log of fewer days has windows of hours. */
const DAYS_FOR_DAYS = 14;
const FEWEST_WINDOWS = 12;
const USUAL_ROWS = 200;
const LEAST_ROWS = 50;
const WINDOWS_WANTED = 100;
const RARER_CLASS = 10;
/** A usual window may hold this share of the rows that are wanted. */
const NEARLY = 0.8;

/** Rows of a log that carry a label, as far as their rhythm goes. */
export interface LabelledRows {
  /** Times in seconds since the epoch, ascending. */
  readonly seconds: Float64Array;
  /** Rows of the log that each stands for: more than 1 where a sample was read. */
  readonly weight: number;
  /** Share of the rarer of two classes; null where there are not two. */
  readonly rarerShare: number | null;
}

/** How a log falls into windows. */
export interface LogRhythm {
  readonly windowSeconds: number;
  /** Start of the window that holds the oldest row. */
  readonly start: number;
  /** Labelled rows of each window from there, empty ones too. */
  readonly rowsByWindow: readonly number[];
  /** Labelled rows of a window in the middle, and of one a quarter of the way up, of those that hold any. */
  readonly usualRows: number;
  readonly fewRows: number;
  /** Rows that a usual window should hold. */
  readonly wantedRows: number;
  /** Why windows are as long as they are. */
  readonly chosenBy: 'person' | 'rows' | 'length of the log';
}

/**
 * The shortest usual length of window in which a usual window holds enough labelled rows: 200, or what a hundred windows of a short log would hold (50 at least), or
 * ten of the rarer class. Only how many rows there are decides, not what they say. At least twelve windows are kept, however few their rows. Windows are counted from
 * 1970, as the watcher does. Throws a UserError (LOG_TOO_SHORT) for a log of less than twelve hours. O(rows).
 */
export function logRhythm(rows: LabelledRows, asked: number | null): LogRhythm {
  const { seconds, weight, rarerShare } = rows;
  const [first = 0, last = 0] = [seconds[0], seconds.at(-1)];
  const all = seconds.length * weight;
  const few = Math.min(USUAL_ROWS, Math.max(LEAST_ROWS, all / WINDOWS_WANTED));
  const rare = rarerShare === null ? 0 : RARER_CLASS / Math.max(rarerShare, 1e-6);
  const wantedRows = Math.round(Math.max(few, Math.min(rare, all / FEWEST_WINDOWS)));
  if (asked !== null) return { ...rhythmOf(rows, asked, wantedRows), chosenBy: 'person' };
  const span = last - first;
  const possible = LENGTHS.filter((length) => (length >= DAY || span < DAYS_FOR_DAYS * DAY) && span >= FEWEST_WINDOWS * length);
  const rhythms = possible.map((length) => rhythmOf(rows, length, wantedRows));
  const enough = rhythms.find(({ usualRows }) => usualRows >= NEARLY * wantedRows);
  if (enough !== undefined) return { ...enough, chosenBy: 'rows' };
  const longest = rhythms.at(-1);
  if (longest !== undefined) return { ...longest, chosenBy: 'length of the log' };
  throw new UserError({
    code: 'LOG_TOO_SHORT',
    message: `the labelled rows of the log lie within ${(span / 3600).toFixed(1)} hours`,
    hint: 'a replay needs twelve windows or more: give a log of some days, or state a length with --window',
  });
}

function rhythmOf({ seconds, weight }: LabelledRows, length: number, wantedRows: number): Omit<LogRhythm, 'chosenBy'> {
  const start = Math.floor((seconds[0] ?? 0) / length) * length;
  const counts = new Float64Array(Math.floor(((seconds.at(-1) ?? 0) - start) / length) + 1);
  for (const second of seconds) {
    const window = Math.floor((second - start) / length);
    counts[window] = (counts[window] ?? 0) + weight;
  }
  const rowsByWindow = [...counts].map(Math.round);
  // The first and the last are rarely whole.
  const whole = rowsByWindow.length > 2 ? rowsByWindow.slice(1, -1) : rowsByWindow;
  const filled = Float64Array.from(whole.filter((rows) => rows > 0)).sort();
  const quantile = (share: number) => (filled.length === 0 ? 0 : Math.round(linearQuantile(filled, share)));
  return { windowSeconds: length, start, rowsByWindow, usualRows: quantile(0.5), fewRows: quantile(0.25), wantedRows };
}
