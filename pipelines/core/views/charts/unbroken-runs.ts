import { epochSeconds, type Instant } from '../../schema/instant.ts';

export interface LinePoint {
  readonly at: Instant;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface MeasuredLinePoint extends LinePoint {
  readonly value: number;
}

/** Runs of values in consecutive windows: a missing window or a missing value breaks the line. */
export function unbrokenRuns(points: readonly LinePoint[], windowSeconds: number): MeasuredLinePoint[][] {
  const runs: MeasuredLinePoint[][] = [];
  let previous: MeasuredLinePoint | null = null;
  for (const { at, value, lower, upper } of points) {
    if (value === null) {
      previous = null;
      continue;
    }
    const point = { at, value, lower, upper };
    const joins = previous !== null && epochSeconds(at) - epochSeconds(previous.at) <= windowSeconds;
    if (joins) runs.at(-1)?.push(point);
    else runs.push([point]);
    previous = point;
  }
  return runs;
}
