import type { BusinessValue } from '../schema/business-value.ts';
import { phraseQuantity, phraseVerb } from '../schema/phrase-number.ts';
import type { Task } from '../schema/task.ts';
import type { NumericColumnProfile } from '../schema/window-profile.ts';
import { probabilityAt } from '../statistics/estimation/calibration-map.ts';
import {
  type ClassificationMetric,
  type EstimatedMetric,
  estimateClassification,
  type UnlabelledGroups,
} from '../statistics/estimation/estimated-classification.ts';
import { type CubeCalibration, LEAST_OF_A_CLASS } from './calibrate-cube.ts';
import { LABEL_CELLS } from './label-cube.ts';

const WINDOW_CELLS = 256;
const PARTS_OF_A_CELL = LABEL_CELLS / WINDOW_CELLS;
const DEFAULT_THRESHOLD = 0.5;

/** A window's `$score` histogram, and the calibration of the reference that it is read by. */
export interface CountedScores {
  readonly calibration: CubeCalibration;
  readonly scores: NumericColumnProfile;
  readonly businessValue?: BusinessValue | undefined;
  /** Left out: binary. */
  readonly task?: Task;
}

/** Estimates of a window from counts alone. */
export interface CountedEstimates {
  readonly metrics: readonly EstimatedMetric[];
  /** Rows with a score in [0, 1]. */
  readonly rows: number;
  /** Expected rows that are positive. */
  readonly positives: number;
  /** Most that accuracy can differ from the estimate by the rows themselves, because scores of one cell are taken as the reference's lie in it. */
  readonly cellBound: number;
}

/**
 * Performance of a window without its labels and without its rows: each of the 256 cells of its scores is split over the finer cells as the
 * reference's rows were (a cell that the reference never had stands at its own mean score), then estimated as rows would be. Merging
 * windows first or estimating once gives the same bytes. Metrics that need 30 expected rows of a class, or 30 called positive, say so
 * instead. Calls are made at businessValue.threshold, else at 0.5, cut at the nearest edge of 4096 cells.
 *
 * Of several classes the scores are the confidence in the class that was called, and their calibration says how often such a call was right:
 * accuracy is the expected share of right calls, whatever the threshold, which only says which answers are acted on.
 */
export function estimateFromCounts({ calibration, scores, businessValue, task }: CountedScores): CountedEstimates {
  const threshold = Math.round((businessValue?.threshold ?? DEFAULT_THRESHOLD) * LABEL_CELLS) / LABEL_CELLS;
  const parts = splitCells(calibration, scores);
  const calledFrom = (least: number) => groupsOf(parts, least);
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  const rows = sum((part) => part.rows);
  const positives = sum((part) => part.rows * probabilityAt(calibration.map, part.score));
  const counts = { rows, positives, called: sum((part) => (part.score >= threshold ? part.rows : 0)) };
  const acted = estimateClassification(calledFrom(threshold), calibration.map, businessValue);
  const estimated = task === 'multiclass' ? [...answered(calledFrom(0), calibration), ...only(acted, ['valuePerPrediction'])] : acted;
  const metrics = estimated.map((metric) => gated(metric, counts));
  return { metrics, rows, positives, cellBound: rows === 0 ? 0 : boundOf(calibration, scores, threshold) / rows };
}

/** Every row has an answer; right ones are the positives. */
function answered(groups: UnlabelledGroups, { map }: CubeCalibration): EstimatedMetric[] {
  return only(estimateClassification(groups, map), ['accuracy', 'brier']);
}

function only(metrics: readonly EstimatedMetric[], names: readonly ClassificationMetric[]): EstimatedMetric[] {
  return metrics.filter(({ metric }) => names.includes(metric));
}

interface Part {
  readonly score: number;
  readonly rows: number;
}

/** Parts as groups, called positive from a score on. */
function groupsOf(parts: readonly Part[], least: number): UnlabelledGroups {
  const size = parts.length;
  const groups = { scores: new Float64Array(size), rows: new Float64Array(size), called: new Uint8Array(size) };
  for (const [at, { score, rows }] of parts.entries()) {
    groups.scores[at] = score;
    groups.rows[at] = rows;
    groups.called[at] = score >= least ? 1 : 0;
  }
  return groups;
}

function splitCells({ cells }: CubeCalibration, scores: NumericColumnProfile): Part[] {
  const finer = new Map<number, Part[]>();
  for (const { cell, score, rows } of cells) {
    // Scores of exactly 1 share the last cell of a cube but have a cell of their own in a profile.
    if (score >= 1) continue;
    const at = Math.floor(cell / PARTS_OF_A_CELL);
    const others = finer.get(at);
    if (others === undefined) finer.set(at, [{ score, rows }]);
    else others.push({ score, rows });
  }
  const parts: Part[] = [];
  for (const [cell, rows, sum] of scores.cells) {
    const mean = sum / rows;
    if (!(mean >= 0 && mean <= 1)) continue;
    const known = cell < WINDOW_CELLS ? (finer.get(cell) ?? []) : [];
    const total = known.reduce((count, part) => count + part.rows, 0);
    if (total === 0) parts.push({ score: mean, rows });
    else for (const part of known) parts.push({ score: part.score, rows: (rows * part.rows) / total });
  }
  return parts;
}

/** Rows times the change of probability across their cell; all rows of the cell that the threshold runs through. */
function boundOf({ map }: CubeCalibration, scores: NumericColumnProfile, threshold: number): number {
  return scores.cells.reduce((bound, [cell, rows]) => {
    const [from, to] = [cell / WINDOW_CELLS, (cell + 1) / WINDOW_CELLS];
    const change = from < threshold && threshold < to ? 1 : probabilityAt(map, Math.min(1, to)) - probabilityAt(map, from);
    return bound + rows * change;
  }, 0);
}

const NEEDS_POSITIVES: readonly ClassificationMetric[] = ['rocAuc', 'averagePrecision', 'f1', 'recall'];
const NEEDS_NEGATIVES: readonly ClassificationMetric[] = ['rocAuc', 'specificity'];

function gated(metric: EstimatedMetric, counts: { rows: number; positives: number; called: number }): EstimatedMetric {
  const lacks = (rows: number, what: string) =>
    `${phraseQuantity(Math.round(rows), 'row')} ${phraseVerb(Math.round(rows), 'is', 'are')} ${what}; an estimate needs ${LEAST_OF_A_CLASS}, because chance in fewer labels is not normal.`;
  const why =
    NEEDS_POSITIVES.includes(metric.metric) && counts.positives < LEAST_OF_A_CLASS
      ? lacks(counts.positives, 'expected to be positive')
      : NEEDS_NEGATIVES.includes(metric.metric) && counts.rows - counts.positives < LEAST_OF_A_CLASS
        ? lacks(counts.rows - counts.positives, 'expected to be negative')
        : metric.metric === 'precision' && counts.called < LEAST_OF_A_CLASS
          ? lacks(counts.called, 'called positive')
          : counts.rows < LEAST_OF_A_CLASS
            ? lacks(counts.rows, 'scored')
            : null;
  return why === null ? metric : { metric: metric.metric, value: null, labelNoise: null, mapNoise: null, standardError: null, why };
}
