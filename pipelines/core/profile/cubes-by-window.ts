import { epochSeconds } from '../schema/instant.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import type { Window } from '../schema/window.ts';
import { cubeOf, type LabelledScores } from './label-cube.ts';

export interface TimedScores extends Omit<LabelledScores, 'window'> {
  /** Seconds since the epoch, one a row. */
  readonly timestamps: ArrayLike<number>;
}

/** One cube for each window, from the rows that fall into it; rows outside of all are left out. O(rows · windows). */
export function cubesByWindow({ timestamps, ...rows }: TimedScores, windows: readonly Window[]): LabelCube[] {
  return windows.map((window) => {
    const [start, end] = [epochSeconds(window.start), epochSeconds(window.end)];
    const inside: number[] = [];
    for (let row = 0; row < timestamps.length; row += 1) {
      const at = timestamps[row] ?? Number.NaN;
      if (at >= start && at < end) inside.push(row);
    }
    const pick = (values: ArrayLike<number>) => inside.map((row) => values[row] ?? Number.NaN);
    const predicted = rows.predicted === undefined ? {} : { predicted: pick(rows.predicted) };
    return cubeOf({ ...rows, ...predicted, scores: pick(rows.scores), labels: pick(rows.labels), window });
  });
}
