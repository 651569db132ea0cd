import { epochSeconds } from '../../schema/instant.ts';
import type { MeasuredPoint } from './chart-words.ts';
import { type LinearScale, place } from './linear-scale.ts';

export interface SparkLine {
  readonly width: number;
  readonly height: number;
  readonly paths: readonly string[];
  readonly end: { readonly x: number; readonly y: number };
  /** Height of the level line; null when it lies outside the drawing or there is none. */
  readonly level: number | null;
}

const WIDTH = 132;
const HEIGHT = 34;
const PADDING = 4;

/** A small line for lists, on a true time axis, broken where values are missing; null with fewer than two values. */
export function sparkLine(points: readonly MeasuredPoint[], level: number | null): SparkLine | null {
  const measured = points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]));
  const first = measured[0];
  const last = measured.at(-1);
  if (first === undefined || last === undefined || measured.length < 2) return null;
  const values = [...measured.map((point) => point.value), ...(level === null ? [] : [level])];
  const x: LinearScale = { domain: [epochSeconds(first.at), epochSeconds(last.at)], range: [PADDING, WIDTH - PADDING] };
  const y: LinearScale = { domain: [Math.min(...values), Math.max(...values)], range: [HEIGHT - PADDING, PADDING] };
  const paths: string[] = [];
  let path = '';
  for (const { at, value } of points) {
    if (value === null) {
      if (path !== '') paths.push(path);
      path = '';
      continue;
    }
    path += `${path === '' ? 'M' : 'L'}${place(x, epochSeconds(at))} ${place(y, value)}`;
  }
  if (path !== '') paths.push(path);
  const end = { x: place(x, epochSeconds(last.at)), y: place(y, last.value) };
  return { width: WIDTH, height: HEIGHT, paths, end, level: level === null ? null : place(y, level) };
}
