import type { VersionName } from '../schema/identifiers.ts';
import type { LabelCell, LabelCube } from '../schema/label-cube.ts';
import type { Window } from '../schema/window.ts';
import { mergeQuarantine } from './merge-profiles.ts';
import { addSums, roundSum } from './round-sum.ts';

/** Cells of a label cube: scores are kept to 1/4096. */
export const LABEL_CELLS = 4096;
const SMALLEST_PROBABILITY = 1e-15;

/** Rows whose labels have arrived: scores in [0, 1], labels 1 or 0, NaN for a label that has not arrived. */
export interface LabelledScores {
  readonly scores: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
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
    quarantined: mergeQuarantine(a.quarantined, b.quarantined),
  };
}

function addCells(a: LabelCell, b: LabelCell): LabelCell {
  return [a[0], a[1] + b[1], a[2] + b[2], addSums(a[3], b[3]), addSums(a[4], b[4])];
}

/**
 * The cube of scores and labels held in memory. Rows without a label are left out; rows whose score is no probability or whose label is
 * neither 1 nor 0 are counted as quarantined. Sums are rounded to ten significant digits. O(n).
 */
export function cubeOf(rows: LabelledScores): LabelCube {
  const cells = new Map<number, [number, number, number, number]>();
  let positives = 0;
  let labelled = 0;
  let logLossSum = 0;
  let badScores = 0;
  let badLabels = 0;
  for (let row = 0; row < rows.labels.length; row += 1) {
    const label = rows.labels[row] ?? Number.NaN;
    const score = rows.scores[row] ?? Number.NaN;
    if (Number.isNaN(label)) continue;
    if (label !== 0 && label !== 1) badLabels += 1;
    else if (!(score >= 0 && score <= 1)) badScores += 1;
    else {
      labelled += 1;
      positives += label;
      logLossSum -= Math.log(clipped(label === 1 ? score : 1 - score));
      const cell = Math.min(LABEL_CELLS - 1, Math.floor(score * LABEL_CELLS));
      const [no, yes, sum, squares] = cells.get(cell) ?? [0, 0, 0, 0];
      cells.set(cell, [no + 1 - label, yes + label, sum + score, squares + score * score]);
    }
  }
  const occupied = [...cells].sort(([a], [b]) => a - b);
  return {
    ...emptyCube(rows.window, rows.modelVersion),
    labelled,
    positives,
    logLossSum: roundSum(logLossSum),
    cells: occupied.map(([cell, [no, yes, sum, squares]]): LabelCell => [cell, no, yes, roundSum(sum), roundSum(squares)]),
    quarantined: { ...(badScores > 0 ? { 'bad-score': badScores } : {}), ...(badLabels > 0 ? { 'bad-label': badLabels } : {}) },
  };
}

function clipped(probability: number): number {
  return Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability));
}
