import type { ModelDefinition } from '../schema/model-definition.ts';
import type { Predictions } from '../schema/predictions.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { RowTable } from '../schema/row-table.ts';
import { fitCalibrationMap, type LabelledGroups } from '../statistics/estimation/calibration-map.ts';
import { coarsenScores } from '../statistics/estimation/coarsen-scores.ts';
import { type EstimatedMetric, estimateClassification, type UnlabelledGroups } from '../statistics/estimation/estimated-classification.ts';
import { type ImportanceWeights, importanceWeights } from '../statistics/estimation/importance-weights.ts';
import type { HashedTable } from '../statistics/multivariate/domain-classifier.ts';
import { domainProbabilities } from '../statistics/multivariate/domain-probabilities.ts';
import { LEAST_OF_A_CLASS } from './calibrate-cube.ts';
import { everyRow, fewerRows, relatedColumns, sampleTables } from './sample-table.ts';

/** More rows a side sharpen the weights hardly any more, and cost a second each. */
export const SECOND_ROWS = 5000;
const DEFAULT_THRESHOLD = 0.5;

/** Rows of the reference with their labels and what the version answers for them, and rows of the windows that an estimate is about, which it answered. */
export interface WeighableRows {
  readonly definition: ModelDefinition;
  readonly recognised: ReferenceProfile['recognised'];
  readonly reference: RowTable;
  readonly answers: Predictions;
  readonly window: RowTable;
}

/** How an estimate changes when the reference is weighted to look like the window. */
export interface SecondEstimate {
  readonly weights: Pick<ImportanceWeights, 'effectiveRows' | 'outOfSupport' | 'isUsable' | 'why'>;
  /** Labelled rows of the reference that were weighted. */
  readonly referenceRows: number;
  readonly metrics: readonly {
    readonly metric: string;
    /** Weighted less plain, both on these very rows. */
    readonly change: number;
    readonly labelNoise: number;
    readonly mapNoise: number;
  }[];
}

/**
 * A second opinion on an estimate without labels (importance-weighted calibration, PAPE, https://arxiv.org/abs/2401.08348): rows of the reference that
 * look like the window, by a domain classifier on the related columns and the score, count for more when it is learnt what a score means. Where what a
 * score means depends on more than the score, and the mix of rows has changed, the two differ. At most 5,000 rows a side, by hash of id.
 * null without two columns to compare, or with too few labels. Deterministic. Costs about a second.
 */
export function secondEstimate({ definition, recognised, reference, answers, window }: WeighableRows): SecondEstimate | null {
  const columns = relatedColumns(definition, recognised);
  if (columns.length < 2 || definition.task === 'regression') return null;
  const outcomes = outcomesOf(definition, reference.labels, answers);
  const isKnown = (row: number) => isProbability(answers.scores[row]) && !Number.isNaN(outcomes[row]);
  const before = fewerRows(reference, everyRow(reference).filter(isKnown), SECOND_ROWS);
  const now = fewerRows(
    window,
    everyRow(window).filter((row) => isProbability(window.scores[row])),
    SECOND_ROWS,
  );
  const positives = before.reduce((sum, row) => sum + (outcomes[row] ?? 0), 0);
  if (Math.min(positives, before.length - positives) < LEAST_OF_A_CLASS) return null;
  const [first, second] = sampleTables(columns, [
    { rows: reference, positions: before },
    { rows: window, positions: now },
  ]);
  const probabilities = domainProbabilities(withScores(first, answers.scores, before), withScores(second, window.scores, now));
  if (probabilities === null) return null;
  const weighed = importanceWeights(probabilities);
  const groups = {
    scores: before.map((row) => answers.scores[row] ?? 0),
    positives: before.map((row) => outcomes[row] ?? 0),
    negatives: before.map((row) => 1 - (outcomes[row] ?? 0)),
  };
  const scores = Float64Array.from(now, (row) => window.scores[row] ?? 0);
  const plain = estimates(definition, scores, groups);
  const weighted = estimates(definition, scores, { ...groups, weight: weighed.weights });
  const { weights: _, ...weights } = weighed;
  return { weights, referenceRows: before.length, metrics: changes(plain, weighted) };
}

/** 1 where a row was positive, or the called class right; NaN where that is not known. */
function outcomesOf({ task }: ModelDefinition, labels: Float64Array, { predicted }: Predictions): Float64Array {
  if (task !== 'multiclass') return labels;
  return labels.map((label, row) => {
    const called = predicted[row] ?? Number.NaN;
    return Number.isNaN(label) || Number.isNaN(called) ? Number.NaN : Number(called === label);
  });
}

function isProbability(score: number | undefined): boolean {
  return score !== undefined && score >= 0 && score <= 1;
}

function withScores({ table, hashes }: HashedTable, scores: Float64Array, positions: readonly number[]): HashedTable {
  const column = Float64Array.from(positions, (row) => scores[row] ?? Number.NaN);
  return { table: { ...table, numeric: [...table.numeric, column] }, hashes };
}

/** As `estimateFromCounts` does, row by row: of several classes every answer is a call, and only value depends on the threshold. */
function estimates({ task, businessValue }: ModelDefinition, scores: Float64Array, groups: LabelledGroups): EstimatedMetric[] {
  const map = fitCalibrationMap(coarsenScores(groups));
  const threshold = businessValue?.threshold ?? DEFAULT_THRESHOLD;
  const calledFrom = (least: number): UnlabelledGroups => ({
    scores,
    rows: new Float64Array(scores.length).fill(1),
    called: Uint8Array.from(scores, (score) => Number(score >= least)),
  });
  const acted = estimateClassification(calledFrom(threshold), map, businessValue);
  if (task !== 'multiclass') return acted;
  const answered = estimateClassification(calledFrom(0), map).filter(({ metric }) => metric === 'accuracy' || metric === 'brier');
  return [...answered, ...acted.filter(({ metric }) => metric === 'valuePerPrediction')];
}

function changes(plain: readonly EstimatedMetric[], weighted: readonly EstimatedMetric[]): SecondEstimate['metrics'] {
  return plain.flatMap(({ metric, value }) => {
    const other = weighted.find((each) => each.metric === metric);
    if (value === null || other?.value == null || other.labelNoise === null || other.mapNoise === null) return [];
    return [{ metric, change: other.value - value, labelNoise: other.labelNoise, mapNoise: other.mapNoise }];
  });
}
