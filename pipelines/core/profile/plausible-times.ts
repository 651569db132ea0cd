/** Rows whose times lie near each other, seconds since the epoch. */
export interface TimeBlock {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

/** Times that the clock of a log can be believed in: from <= t < until. */
export interface PlausibleTimes {
  readonly from: number;
  readonly until: number;
}

const DAY = 86_400;
const YEAR = 366 * DAY;
/** Where clocks begin that lost their battery (1970, 1980, 2000), and the zeros of formats (1900, 1899, 1601 and 1); as far as they run before somebody sets them. */
const CLOCK_STARTS = [0, 315_532_800, 946_684_800, -2_208_988_800, -2_209_161_600, -11_644_473_600, -62_135_596_800];
const RUNNING = 31 * DAY;
/** Silence before a few rows are taken for a broken clock's, and after which they are. */
const PAST_GAP = 2 * YEAR;
const FUTURE_GAP = 5 * YEAR;
/** A gap is long only against the log: rows of a yearly log lie a year apart. */
const OF_THE_SPAN = 10;
const FEW = 0.01;

/** No log that is shorter can hold a row of a broken clock that this could tell. */
export const LEAST_DOUBTFUL_SPAN = YEAR;

/**
 * The times of a log without those that a broken clock wrote; null where there are none. Set apart are, before or after a gap that is long against the rest of the log (a tenth of it):
 * at most 1 % of the rows (or one) with a gap of two years (after the log: five, since a log may rest and go on), and, where a clock begins that was reset, fewer rows than a third, with a gap of a year.
 * O(blocks log blocks).
 */
export function plausibleTimes(blocks: readonly TimeBlock[]): PlausibleTimes | null {
  const sorted = blocks.filter(({ rows }) => rows > 0).sort((a, b) => a.first - b.first);
  const from = firstPlausible(sorted);
  const until = lastPlausible(sorted);
  if (from === null && until === null) return null;
  return { from: from ?? Number.NEGATIVE_INFINITY, until: until === null ? Number.POSITIVE_INFINITY : until + 1 };
}

function firstPlausible(blocks: readonly TimeBlock[]): number | null {
  const all = rowsOf(blocks);
  const newest = blocks.reduce((latest, { last }) => Math.max(latest, last), Number.NEGATIVE_INFINITY);
  let [rows, reach] = [0, Number.NEGATIVE_INFINITY];
  let found: number | null = null;
  for (const [index, block] of blocks.entries()) {
    const gap = block.first - reach;
    const isLong = index > 0 && gap >= YEAR && gap > (newest - block.first) / OF_THE_SPAN;
    const isOfBrokenClock = () => (gap >= PAST_GAP && isFew(rows, all)) || (3 * rows < all && blocks.slice(0, index).every(isReset));
    if (isLong && isOfBrokenClock()) found = block.first;
    rows += block.rows;
    reach = Math.max(reach, block.last);
  }
  return found;
}

function lastPlausible(blocks: readonly TimeBlock[]): number | null {
  const all = rowsOf(blocks);
  let [rows, reach] = [0, Number.NEGATIVE_INFINITY];
  for (const block of blocks) {
    const gap = block.first - reach;
    if (rows > 0 && gap >= FUTURE_GAP && gap > (reach - (blocks[0]?.first ?? 0)) / OF_THE_SPAN && isFew(all - rows, all)) return reach;
    rows += block.rows;
    reach = Math.max(reach, block.last);
  }
  return null;
}

function isFew(rows: number, all: number): boolean {
  return 3 * rows <= all && rows <= Math.max(1, FEW * all);
}

/** Times of a clock that began anew. */
function isReset({ first, last }: TimeBlock): boolean {
  return CLOCK_STARTS.some((start) => first >= start && last < start + RUNNING);
}

function rowsOf(blocks: readonly TimeBlock[]): number {
  return blocks.reduce((sum, { rows }) => sum + rows, 0);
}
