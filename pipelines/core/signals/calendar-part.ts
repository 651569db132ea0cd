import { goodmanKruskalLambda } from '../statistics/distances/goodman-kruskal-lambda.ts';

/** Times of rows in seconds since 1970 (UTC) and the values of a column, parallel; NaN is missing. */
export interface TimedValues {
  readonly seconds: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

const DETERMINED = 0.8;
const ROWS_A_KEY = 20;
const HOUR = 3600;
const DAY = 24 * HOUR;

const PARTS = {
  'hour of the day': { keys: 24, of: (second: number) => Math.floor(second / HOUR) % 24 },
  // 1970-01-01 was a Thursday; which day comes first does not matter.
  weekday: { keys: 7, of: (second: number) => Math.floor(second / DAY) % 7 },
} as const;

/**
 * The part of the time stamp that determines a number: the hour of the day or the weekday, whatever the numbering and the time zone; null when neither does.
 *
 * For what windows cannot show (see `recogniseColumn`): in windows of a day, every day has the same hours. Goodman-Kruskal lambda of 0.8 or more,
 * with at least twenty rows a key. A clock that is changed twice a year may be missed. O(rows).
 */
export function calendarPart({ seconds, values }: TimedValues): keyof typeof PARTS | null {
  for (const [name, part] of Object.entries(PARTS) as [keyof typeof PARTS, (typeof PARTS)[keyof typeof PARTS]][]) {
    const keys = new Map<number, Map<number, number>>();
    let rows = 0;
    for (let row = 0; row < values.length; row += 1) {
      const [second = Number.NaN, value = Number.NaN] = [seconds[row], values[row]];
      if (Number.isNaN(second) || Number.isNaN(value)) continue;
      const key = part.of(second);
      const counts = keys.get(key) ?? new Map<number, number>();
      counts.set(value, (counts.get(value) ?? 0) + 1);
      keys.set(key, counts);
      rows += 1;
    }
    if (rows >= ROWS_A_KEY * part.keys && keys.size > 1 && (goodmanKruskalLambda(keys.values()) ?? 0) >= DETERMINED) return name;
  }
  return null;
}
