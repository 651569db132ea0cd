import { buildReference } from '../../pipelines/core/profile/build-reference.ts';
import { cubeOf } from '../../pipelines/core/profile/label-cube.ts';
import { numericProfile } from '../../pipelines/core/profile/numeric-profile.ts';
import { addSeconds, epochSeconds } from '../../pipelines/core/schema/instant.ts';
import type { LabelCube } from '../../pipelines/core/schema/label-cube.ts';
import { ModelDefinition, type WrittenModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ReferenceProfile } from '../../pipelines/core/schema/reference-profile.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';
import type { CategoricalColumnProfile, ColumnProfile, Grid, WindowProfile } from '../../pipelines/core/schema/window-profile.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';

/** A Monday. The reference is the fortnight before it. */
export const MONDAY = '2001-01-15T00:00:00Z';
const DAY = 86_400;

/** The example model's definition, with parts replaced. */
export function definitionWith(parts: Partial<WrittenModelDefinition> = {}): ModelDefinition {
  return ModelDefinition.parse({
    schemaVersion: 1,
    name: 'example',
    task: 'binary',
    objective: 'Show how a window is judged.',
    owner: 'test bench',
    stakeholders: ['readers'],
    successMetrics: [{ metric: 'rocAuc', target: 0.6, why: 'example' }],
    columns: [
      { name: 'size', kind: 'numeric', min: 0, max: 10 },
      { name: 'place', kind: 'categorical' },
      { name: 'hour', kind: 'numeric', calendar: true },
    ],
    logs: { format: 'jsonl', path: 'x.jsonl', columns: { id: 'id', timestamp: 'ts', score: 'score' } },
    labels: { format: 'jsonl', path: 'y.jsonl', columns: { id: 'id', label: 'y' }, positive: '1', negative: '0', delay: 'P1D' },
    gate: { rules: [] },
    ...parts,
  });
}

export function gridOn(id: string, lower: number, upper: number): Grid {
  return { id, transform: 'identity', lower, width: (upper - lower) / 256, cells: 256 };
}

export const GRIDS: Readonly<Record<string, Grid>> = {
  size: gridOn('size-grid', 0, 10),
  hour: gridOn('hour-grid', 0, 24),
  $score: gridOn('score-grid', 0, 1),
  $latencyMs: gridOn('latency-grid', 0, 1000),
};

/** A generator of numbers in [0, 1) that can be repeated. */
export function uniform(seed: number): () => number {
  const random = seededRandom(seed);
  return () => random.uint32() / 2 ** 32;
}

export function draws(count: number, next: () => number): Float64Array {
  return Float64Array.from({ length: count }, next);
}

/** The profile of a categorical column from its values; null is missing. */
export function categoricalProfile(values: readonly (string | null)[]): CategoricalColumnProfile {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const missing = values.filter((value) => value === null).length;
  return { kind: 'categorical', rows: values.length, missing, counts: Object.fromEntries(counts), other: 0, distinct: counts.size };
}

export function numericColumn(name: string, values: Float64Array): ColumnProfile {
  const grid = GRIDS[name];
  if (grid === undefined) throw new RangeError(`no grid for ${name}`);
  return numericProfile(values, grid);
}

export interface WindowShape {
  readonly rows: number;
  readonly seed: number;
  readonly day?: number;
  /** Added to the share of place "a", taken from "d". */
  readonly shift?: number;
}

/** One ordinary day: size uniform on [0, 10), place a, b, c, d at a quarter each, hours of the day, scores uniform. */
export function ordinaryDay({ rows, seed, day = 0, shift = 0 }: WindowShape): WindowProfile {
  const next = uniform(seed);
  const places = Array.from({ length: rows }, () => {
    const at = next();
    return at < 0.25 + shift ? 'a' : at < 0.5 + shift ? 'b' : at < 0.75 + shift ? 'c' : 'd';
  });
  return {
    schemaVersion: 1,
    model: 'example',
    window: { start: addSeconds(MONDAY, day * DAY), end: addSeconds(MONDAY, (day + 1) * DAY) },
    rows,
    versions: { v1: rows },
    errors: 0,
    quarantined: {},
    columns: {
      size: numericColumn(
        'size',
        draws(rows, () => next() * 10),
      ),
      place: categoricalProfile(places),
      hour: numericColumn(
        'hour',
        draws(rows, () => Math.floor(next() * 24)),
      ),
      $score: numericColumn('$score', draws(rows, next)),
    },
  };
}

/** The calendar cycle that ends with a day: six ordinary days of as many rows, and the day. */
export function weekUpTo(day: WindowProfile): WindowProfile[] {
  const number = (epochSeconds(day.window.start) - epochSeconds(MONDAY)) / DAY;
  const before = [-6, -5, -4, -3, -2, -1].map((back) => ordinaryDay({ rows: day.rows, seed: 500 + number + back, day: number + back }));
  return [...before, day];
}

/** Scores that rank positives above negatives with the given probability, half of them positive. */
export function labelled(rows: number, auc: number, window: Window): LabelCube {
  const next = uniform(rows);
  const labels = Float64Array.from({ length: rows }, (_, row) => row % 2);
  const scores = labels.map((label) => {
    const low = next() * 0.5;
    return label === 1 && next() < 2 * auc - 1 ? low + 0.5 : low;
  });
  return cubeOf({ scores, labels, window, modelVersion: 'v1' });
}

/** The reference of v1: fourteen ordinary days before MONDAY and what it promised. */
export function ordinaryReference(definition: ModelDefinition, rows = 1000, windows?: readonly WindowProfile[]): ReferenceProfile {
  const range = { start: addSeconds(MONDAY, -14 * DAY), end: MONDAY };
  const days = windows ?? Array.from({ length: 14 }, (_, day) => ordinaryDay({ rows, seed: 1000 + day, day: day - 14 }));
  return buildReference({
    definition,
    version: 'v1',
    range,
    windowSeconds: DAY,
    windows: days,
    grids: GRIDS,
    cubes: [labelled(4000, 0.75, range)],
  });
}
