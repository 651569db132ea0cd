import type { VersionName } from '../schema/identifiers.ts';
import type { ConfusionCell, LabelCell, LabelCube } from '../schema/label-cube.ts';
import type { QuarantineCounts } from '../schema/quarantine.ts';
import type { Task } from '../schema/task.ts';
import type { Window } from '../schema/window.ts';
import { addErrors, errorSums, NO_ERRORS } from './error-sums.ts';
import { mergeQuarantine } from './merge-profiles.ts';
import { addSums, roundSum } from './round-sum.ts';

/** Cells of a label cube: scores are kept to 1/4096. */
export const LABEL_CELLS = 4096;
const SMALLEST_PROBABILITY = 1e-15;

/**
 * Rows whose labels have arrived. `labels` and `scores` are those of a RowTable of this task; NaN is a label that has not arrived. `task`
 * left out: binary. `predicted` (multiclass only, and needed there): place of the called class.
 */
export interface LabelledScores {
  readonly task?: Task | undefined;
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly predicted?: ArrayLike<number> | undefined;
  readonly window: Window;
  readonly modelVersion: VersionName | null;
}

/** The cube of a window without labelled rows. */
export function emptyCube(window: Window, modelVersion: VersionName | null): LabelCube {
  return { schemaVersion: 1, window, modelVersion, labelled: 0, positives: 0, logLossSum: 0, cells: [], quarantined: {} };
}

/**
 * One cube for the rows of all; windows join to the smallest window that holds them. The version is kept when all agree, else null.
 * Throws a RangeError for an empty list: there is no window to speak of.
 */
export function mergeCubes(cubes: readonly LabelCube[]): LabelCube {
  const [first, ...rest] = cubes;
  if (first === undefined) throw new RangeError('mergeCubes requires at least one cube');
  return rest.reduce(mergeTwo, first);
}

function mergeTwo(a: LabelCube, b: LabelCube): LabelCube {
  const cells = new Map<number, LabelCell>();
  for (const cell of [...a.cells, ...b.cells]) {
    const other = cells.get(cell[0]);
    cells.set(cell[0], other === undefined ? cell : addCells(cell, other));
  }
  return {
    schemaVersion: 1,
    window: {
      start: a.window.start < b.window.start ? a.window.start : b.window.start,
      end: a.window.end > b.window.end ? a.window.end : b.window.end,
    },
    modelVersion: a.modelVersion === b.modelVersion ? a.modelVersion : null,
    labelled: a.labelled + b.labelled,
    positives: a.positives + b.positives,
    logLossSum: addSums(a.logLossSum, b.logLossSum),
    cells: [...cells.values()].sort((left, right) => left[0] - right[0]),
    ...(a.confusion === undefined && b.confusion === undefined ? {} : { confusion: addConfusion(a.confusion, b.confusion) }),
    ...(a.errors === undefined && b.errors === undefined ? {} : { errors: addErrors(a.errors ?? NO_ERRORS, b.errors ?? NO_ERRORS) }),
    quarantined: mergeQuarantine(a.quarantined, b.quarantined),
  };
}

function addConfusion(a: readonly ConfusionCell[] = [], b: readonly ConfusionCell[] = []): ConfusionCell[] {
  const rows = new Map<number, Map<number, number>>();
  for (const [called, actual, count] of [...a, ...b]) {
    const of = rows.get(called) ?? new Map<number, number>();
    rows.set(called, of.set(actual, (of.get(actual) ?? 0) + count));
  }
  const cells = [...rows].flatMap(([called, of]) => [...of].map(([actual, count]): ConfusionCell => [called, actual, count]));
  return cells.sort((left, right) => left[0] - right[0] || left[1] - right[1]);
}

function addCells(a: LabelCell, b: LabelCell): LabelCell {
  return [a[0], a[1] + b[1], a[2] + b[2], addSums(a[3], b[3]), addSums(a[4], b[4])];
}

/**
 * The cube of scores and labels held in memory. Rows without a label are left out; rows whose score, called class or label cannot be are
 * counted as quarantined. Sums are rounded to ten significant digits. O(n).
 */
export function cubeOf(rows: LabelledScores): LabelCube {
  const task = rows.task ?? 'binary';
  const quarantined: QuarantineCounts = {};
  const sound: number[] = [];
  for (let row = 0; row < rows.labels.length; row += 1) {
    const label = rows.labels[row] ?? Number.NaN;
    if (Number.isNaN(label)) continue;
    const problem = problemOf(task, { label, score: rows.scores[row] ?? Number.NaN, called: rows.predicted?.[row] ?? Number.NaN });
    if (problem === null) sound.push(row);
    else quarantined[problem] = (quarantined[problem] ?? 0) + 1;
  }
  const base = { ...emptyCube(rows.window, rows.modelVersion), labelled: sound.length, quarantined };
  if (task === 'regression') {
    const pick = (values: ArrayLike<number>) => Float64Array.from(sound, (row) => values[row] ?? Number.NaN);
    return { ...base, errors: errorSums(pick(rows.scores), pick(rows.labels)) };
  }
  if (task === 'binary') return { ...base, ...cellsOf(sound, rows.scores, (row) => (rows.labels[row] === 1 ? 1 : 0)) };
  const called = (row: number) => rows.predicted?.[row] ?? -1;
  const confusion = addConfusion(sound.map((row): ConfusionCell => [called(row), rows.labels[row] ?? -1, 1]));
  return { ...base, ...cellsOf(sound, rows.scores, (row) => (called(row) === rows.labels[row] ? 1 : 0)), confusion };
}

function problemOf(
  task: Task,
  { label, score, called }: { readonly label: number; readonly score: number; readonly called: number },
): 'bad-score' | 'bad-prediction' | 'bad-label' | null {
  if (task === 'regression') return Number.isFinite(label) ? (Number.isFinite(score) ? null : 'bad-score') : 'bad-label';
  if (task === 'binary' ? label !== 0 && label !== 1 : !isPlace(label)) return 'bad-label';
  if (!(score >= 0 && score <= 1)) return 'bad-score';
  return task === 'multiclass' && !isPlace(called) ? 'bad-prediction' : null;
}

function isPlace(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function cellsOf(sound: readonly number[], scores: ArrayLike<number>, isPositive: (row: number) => 0 | 1) {
  const cells = new Map<number, [number, number, number, number]>();
  let positives = 0;
  let logLossSum = 0;
  for (const row of sound) {
    const score = scores[row] ?? 0;
    const label = isPositive(row);
    positives += label;
    logLossSum -= Math.log(clipped(label === 1 ? score : 1 - score));
    const cell = Math.min(LABEL_CELLS - 1, Math.floor(score * LABEL_CELLS));
    const sums = cells.get(cell);
    if (sums === undefined) {
      cells.set(cell, [1 - label, label, score, score * score]);
      continue;
    }
    sums[label] += 1;
    sums[2] += score;
    sums[3] += score * score;
  }
  const occupied = [...cells].sort(([a], [b]) => a - b);
  return {
    positives,
    logLossSum: roundSum(logLossSum),
    cells: occupied.map(([cell, [no, yes, sum, squares]]): LabelCell => [cell, no, yes, roundSum(sum), roundSum(squares)]),
  };
}

function clipped(probability: number): number {
  return Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability));
}
