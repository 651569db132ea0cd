import { z } from 'zod';

const PATTERN = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** An ISO-8601 duration of fixed length: weeks, days, hours, minutes, seconds (`P1D`, `PT6H`). Months and years have no fixed length. */
export const Duration = z.string().regex(PATTERN, 'write a duration such as P1D, PT6H or P2W').meta({ id: 'Duration' });
export type Duration = z.infer<typeof Duration>;

/** Length of a duration in seconds. Throws a RangeError on text that `Duration` does not accept. */
export function durationSeconds(duration: Duration): number {
  const match = PATTERN.exec(duration);
  if (match === null) throw new RangeError(`not a duration: ${duration}`);
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** Seconds as a duration in days where they are whole days, else in hours, rounded. */
export function durationOf(seconds: number): Duration {
  return seconds % 86_400 === 0 ? `P${seconds / 86_400}D` : `PT${Math.round(seconds / 3600)}H`;
}
