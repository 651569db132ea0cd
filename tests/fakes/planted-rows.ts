import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';

const PLACES = ['north', 'south', 'east', 'west'];
const GROUPS = ['a', 'b', 'c'];
const DAY = 86_400;

/** How wrong a planted model is in a row. */
export type PlantedError = (row: { readonly size: number; readonly place: string; readonly group: string }) => number;

export interface PlantedRequest {
  readonly rows: number;
  readonly days?: number;
  readonly seed?: number;
  /** Chance of a wrong call; left out: 0.1 everywhere. */
  readonly errors?: PlantedError;
  /** A second model on the same rows; left out: as the first. */
  readonly otherErrors?: PlantedError;
  /** How much a day adds to every chance, at most. */
  readonly stormy?: number;
}

export interface PlantedRows {
  readonly table: RowTable;
  readonly scores: Float64Array;
  readonly other: Float64Array;
}

/** Labelled rows (size 0 to 10, place, protected group) and two models whose calls are wrong with chances that the test states. The same draw decides for both models. */
export function plantedRows({
  rows,
  days = 14,
  seed = 1,
  errors = () => 0.1,
  otherErrors = errors,
  stormy = 0,
}: PlantedRequest): PlantedRows {
  const random = seededRandom(seed);
  const unit = () => random.uint32() / 2 ** 32;
  const storms = Array.from({ length: days }, () => stormy * unit());
  const events = Array.from({ length: rows }, (_, index) => {
    const day = Math.floor((index * days) / rows);
    const features = { size: 10 * unit(), place: PLACES[random.below(4)] ?? '', group: GROUPS[random.below(3)] ?? '' };
    const label = Number(unit() < 0.5);
    const [luck, sureness] = [unit(), 0.4 * unit()];
    const score = (chance: number) => (luck < chance + (storms[day] ?? 0) === (label === 1) ? 0.05 + sureness : 0.55 + sureness);
    return { ...features, day, label, score: score(errors(features)), other: score(otherErrors(features)) };
  });
  const table: RowTable = {
    ids: events.map((_, index) => `planted-${seed}-${index}`),
    timestamps: Float64Array.from(events, ({ day }, index) => day * DAY + index / rows),
    numeric: { size: Float64Array.from(events, ({ size }) => size) },
    categorical: { place: events.map(({ place }) => place), group: events.map(({ group }) => group) },
    texts: {},
    scores: Float64Array.from(events, ({ score }) => score),
    predicted: new Float64Array(rows).fill(Number.NaN),
    probabilities: {},
    versions: events.map(() => null),
    labels: Float64Array.from(events, ({ label }) => label),
  };
  return { table, scores: table.scores, other: Float64Array.from(events, ({ other }) => other) };
}
