import { epochSeconds, type Instant } from '../../schema/instant.ts';
import { type LinearScale, place } from './linear-scale.ts';
import { type LinePoint, type MeasuredLinePoint, unbrokenRuns } from './unbroken-runs.ts';

/** How a series is drawn: one path for each unbroken run of values, its band, and values that stand alone between gaps. */
export interface LinePaths {
  readonly lines: readonly string[];
  readonly bands: readonly string[];
  readonly dots: readonly { readonly x: number; readonly y: number }[];
}

export interface LineScales {
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly windowSeconds: number;
}

/** The paths of one series in pixels. */
export function linePaths(points: readonly LinePoint[], { x, y, windowSeconds }: LineScales): LinePaths {
  const runs = unbrokenRuns(points, windowSeconds);
  return {
    lines: runs.filter((run) => run.length > 1).map((run) => linePath(run, x, y)),
    bands: runs.flatMap((run) => bandPath(run, x, y)),
    dots: runs.flatMap((run) => (run.length === 1 ? run.map((point) => ({ x: atX(x, point.at), y: place(y, point.value) })) : [])),
  };
}

/** Where an instant lies. */
export function atX(scale: LinearScale, at: Instant): number {
  return place(scale, epochSeconds(at));
}

function linePath(run: readonly MeasuredLinePoint[], x: LinearScale, y: LinearScale): string {
  return run.map((point, index) => `${index === 0 ? 'M' : 'L'}${atX(x, point.at)} ${place(y, point.value)}`).join('');
}

function bandPath(run: readonly MeasuredLinePoint[], x: LinearScale, y: LinearScale): string[] {
  const known = run.flatMap(({ at, lower, upper }) => (lower === null || upper === null ? [] : [{ at, lower, upper }]));
  if (known.length < 2) return [];
  const there = known.map((point, index) => `${index === 0 ? 'M' : 'L'}${atX(x, point.at)} ${place(y, point.upper)}`);
  const back = known.toReversed().map((point) => `L${atX(x, point.at)} ${place(y, point.lower)}`);
  return [`${there.join('')}${back.join('')}Z`];
}
