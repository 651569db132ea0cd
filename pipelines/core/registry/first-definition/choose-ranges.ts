import type { LogRhythm } from './log-rhythm.ts';

const DAY = 86_400;
const YEAR = 364 * DAY;
const SHARE_OF_LOG = 0.2;
const LARGEST_SHARE = 0.5;
const ROWS_TO_TRAIN = 1000;
const ROWS_OF_A_YEAR = 5000;
const HELD_OUT_WINDOWS = 4;
/** Windows left to replay, where there are that many. */
const REPLAYED = 4;

/** Windows that train a version and windows that judge it. */
export interface ChosenRanges {
  readonly recentWindows: number;
  readonly heldOutWindows: number;
  /** Labelled rows of the first recent range, and a usual number of rows of a held-out range. */
  readonly recentRows: number;
  readonly heldOutRows: number;
}

/**
 * How much history trains a version and how much judges it. Trained on: a fifth of the log, at most a year where a year is rich, at least a thousand labelled rows (of a
 * short log a fifth) from the oldest row on, and as far as `classesFrom`, the second from which on the oldest rows hold more than one class. Judged on: four windows;
 * of days, one or two whole weeks.
 */
export function chooseRanges(rhythm: LogRhythm, classesFrom: number): ChosenRanges {
  const { windowSeconds, rowsByWindow, start, usualRows } = rhythm;
  const count = rowsByWindow.length;
  const heldOutWindows = Math.max(1, Math.min(heldOut(windowSeconds, count), count - 2));
  const running = runningSums(rowsByWindow);
  const all = running.at(-1) ?? 0;
  const enough = Math.min(ROWS_TO_TRAIN, SHARE_OF_LOG * all);
  const byShare = Math.max(1, Math.round(SHARE_OF_LOG * count));
  const byRows = running.findIndex((rows) => rows >= enough) + 1;
  const byClasses = Math.ceil((classesFrom - start) / windowSeconds);
  const inYear = Math.max(1, Math.floor(YEAR / windowSeconds));
  const capped = byShare > inYear && (running[inYear - 1] ?? 0) >= ROWS_OF_A_YEAR ? inYear : byShare;
  const most = Math.max(1, Math.min(Math.floor(LARGEST_SHARE * count), count - heldOutWindows - REPLAYED));
  const recentWindows = Math.min(Math.max(capped, byRows, byClasses), most);
  return {
    recentWindows,
    heldOutWindows,
    recentRows: running[recentWindows - 1] ?? 0,
    heldOutRows: Math.max(usualRows * heldOutWindows, 1),
  };
}

function heldOut(windowSeconds: number, count: number): number {
  if (windowSeconds > DAY) return HELD_OUT_WINDOWS;
  if (windowSeconds === DAY) return count >= 98 ? 14 : count >= 42 ? 7 : HELD_OUT_WINDOWS;
  const aDay = Math.round(DAY / windowSeconds);
  return count >= 5 * aDay ? aDay : HELD_OUT_WINDOWS;
}

function runningSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}
