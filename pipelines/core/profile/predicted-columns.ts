import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Predictions } from '../schema/predictions.ts';
import type { Task } from '../schema/task.ts';
import { type CategoricalColumnProfile, type ColumnProfile, type Grid, PREDICTION_COLUMN, SCORE_COLUMN } from '../schema/window-profile.ts';
import { type ColumnQuantiles, gridFromQuantiles, SCORE_GRID } from './learn-grid.ts';
import { numericProfile } from './numeric-profile.ts';

/** Predictions of some rows, and the grid that their scores are counted on. */
export interface CountedPredictions {
  readonly definition: Pick<ModelDefinition, 'task' | 'labels'>;
  readonly grid: Grid;
  readonly predictions: Pick<Predictions, 'scores' | 'predicted'>;
  /** Which rows. */
  readonly rows: readonly number[];
}

/** `$score` and, of a multiclass model, `$prediction` of a window, as a version predicted its rows. O(n). */
export function predictedColumns({ definition, grid, predictions, rows }: CountedPredictions): Readonly<Record<string, ColumnProfile>> {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
  const scores = { [SCORE_COLUMN]: numericProfile(pick(predictions.scores), grid) };
  if (definition.task !== 'multiclass') return scores;
  return { ...scores, [PREDICTION_COLUMN]: calledProfile(pick(predictions.predicted), definition.labels.classes ?? []) };
}

function calledProfile(predicted: Float64Array, classes: readonly string[]): CategoricalColumnProfile {
  const counts: Record<string, number> = {};
  let missing = 0;
  for (const place of predicted) {
    const name = classes[place];
    if (name === undefined) missing += 1;
    else counts[name] = (counts[name] ?? 0) + 1;
  }
  return { kind: 'categorical', rows: predicted.length, missing, counts, other: 0, distinct: Object.keys(counts).length };
}

/**
 * The grid of a version's scores: [0, 1] for probabilities; for a regression the model's frozen one, so that windows before and after a promotion merge, or,
 * where the log had no predictions to learn it from, one from the version's own.
 */
export function scoreGrid(task: Task, frozen: Grid | undefined, scores: Float64Array): Grid {
  if (task !== 'regression') return SCORE_GRID;
  return frozen === undefined || frozen.id === SCORE_GRID.id ? gridFromQuantiles(quantilesOf(scores)) : frozen;
}

function quantilesOf(values: Float64Array): ColumnQuantiles | null {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  if (sorted.length === 0) return null;
  return {
    q001: at(0.001),
    median: at(0.5),
    q999: at(0.999),
    minimum: at(0),
    maximum: at(1),
    integerValued: sorted.every(Number.isInteger),
  };
}
