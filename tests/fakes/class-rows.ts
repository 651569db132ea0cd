import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { uniform } from './watched-world.ts';

/** Rows with a probability of each class that is too sure of itself, the class called, and a label drawn from the true chances. `tilt`: above 1, the last class comes more often. */
export function tableOfClasses(
  classes: readonly string[],
  { rows, seed, tilt = 1, version = 'v1', start = 0 }: { rows: number; seed: number; tilt?: number; version?: string; start?: number },
): RowTable {
  const next = uniform(seed);
  const chances = Array.from({ length: rows }, () =>
    shared(classes.map((_, k) => 0.05 + next() ** 2 * (k === classes.length - 1 ? tilt : 1))),
  );
  const sure = chances.map((row) => shared(row.map((chance) => chance ** 2)));
  const predicted = Float64Array.from(sure, (row) => row.indexOf(Math.max(...row)));
  return {
    ids: chances.map((_, row) => `${seed}-${row}`),
    timestamps: Float64Array.from(chances, (_, row) => start + row),
    numeric: {},
    categorical: {},
    texts: {},
    scores: Float64Array.from(sure, (row) => Math.max(...row)),
    predicted,
    probabilities: Object.fromEntries(classes.map((name, k) => [name, Float64Array.from(sure, (row) => row[k] ?? 0)])),
    versions: chances.map(() => version),
    labels: Float64Array.from(chances, (row) => drawn(row, next())),
  };
}

function shared(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

function drawn(chances: readonly number[], at: number): number {
  let below = 0;
  const place = chances.findIndex((chance) => {
    below += chance;
    return at < below;
  });
  return place < 0 ? chances.length - 1 : place;
}
