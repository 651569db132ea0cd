/** Rows that hang together, and are drawn together. */
export interface ResamplingBlocks {
  /** Block of each row: 0 … count − 1. */
  readonly of: Uint32Array;
  readonly count: number;
  /** e.g. "14 days". */
  readonly words: string;
}

const DAY_SECONDS = 86_400;
/** Fewer blocks than this say too little about how blocks differ. */
const MINIMUM_BLOCKS = 5;

/**
 * Blocks for a block bootstrap: the days (UTC) that rows fall on, or, where there are fewer than five, five stretches of equally many rows in order of time.
 *
 * One storm delays many flights and one outage fails many requests: rows of a day are not independent, days nearly are (Künsch 1989,
 * https://doi.org/10.1214/aos/1176347265; days as clusters: Cameron, Gelbach and Miller 2008, https://doi.org/10.1162/rest.90.3.414).
 * `timestamps`: seconds since the epoch, one a row, in any order.
 */
export function resamplingBlocks(timestamps: Float64Array): ResamplingBlocks {
  const days = Array.from(timestamps, (seconds) => Math.floor(seconds / DAY_SECONDS));
  const distinct = [...new Set(days)].sort((a, b) => a - b);
  if (distinct.length < MINIMUM_BLOCKS) return stretches(timestamps);
  const position = new Map(distinct.map((day, index) => [day, index]));
  return {
    of: Uint32Array.from(days, (day) => position.get(day) ?? 0),
    count: distinct.length,
    words: `${distinct.length} days`,
  };
}

function stretches(timestamps: Float64Array): ResamplingBlocks {
  const rows = timestamps.length;
  const count = Math.min(rows, MINIMUM_BLOCKS);
  const order = Uint32Array.from(timestamps, (_, row) => row).sort((a, b) => (timestamps[a] ?? 0) - (timestamps[b] ?? 0) || a - b);
  const of = new Uint32Array(rows);
  for (const [place, row] of order.entries()) of[row] = Math.floor((place * count) / rows);
  return { of, count, words: `${count} stretches of time` };
}
