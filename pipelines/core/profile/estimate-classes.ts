import { phraseQuantity } from '../schema/phrase-number.ts';
import type { Predictions } from '../schema/predictions.ts';
import type { RowTable } from '../schema/row-table.ts';
import type { EstimatedMetric } from '../statistics/estimation/estimated-classification.ts';
import {
  type EstimatedCell,
  estimateConfusion,
  estimateMulticlass,
  fitMulticlassMap,
  type MulticlassMap,
} from '../statistics/estimation/estimated-multiclass.ts';
import { LEAST_OF_A_CLASS } from './calibrate-cube.ts';
import { fewerRows } from './sample-table.ts';

/** More rows a side sharpen the bands hardly more than the windows of a model differ. */
export const CLASS_ROWS = 3000;
/** The matrix of more classes could not be read. */
export const MOST_CLASSES = 20;

/** What the reference teaches about the probabilities of each class, or why it does not. */
export type ClassCalibration = { readonly map: MulticlassMap } | { readonly why: string };

/** What the labels of a model's classes will probably say. */
export interface ClassEstimates {
  readonly rows: number;
  readonly metrics: readonly EstimatedMetric<ClassMetric>[];
  readonly confusion: readonly EstimatedCell[];
  /** Why there are none; null: there are. */
  readonly why: string | null;
}

/** Means over the classes. */
export const MACRO_METRICS = ['macroF1', 'precision', 'recall', 'specificity', 'rocAuc', 'averagePrecision'] as const;
export type ClassMetric = (typeof MACRO_METRICS)[number];

type Answers = Pick<Predictions, 'predicted' | 'probabilities'>;

/**
 * Learns what the probability of each class means, one calibration a class against the rest, from rows whose labels are in and from what the version
 * answers for them. A text says why not: more than 20 classes, no logged probability, or a class with fewer than 30 labels. At most 3,000 rows.
 */
export function calibrateClasses(classes: readonly string[], rows: RowTable, answers: Answers): ClassCalibration {
  if (classes.length > MOST_CLASSES)
    return { why: `There are ${classes.length} classes; figures by class are estimated of at most ${MOST_CLASSES}.` };
  const known = fewerRows(
    rows,
    completeRows(classes, answers, rows.ids.length).filter((row) => !Number.isNaN(rows.labels[row])),
    CLASS_ROWS,
  );
  if (known.length === 0) return { why: 'The reference holds no row with the probability of every class and a label.' };
  const counts = classes.map((_, k) => known.filter((row) => rows.labels[row] === k).length);
  const rare = counts.findIndex((count) => count < LEAST_OF_A_CLASS);
  if (rare >= 0) {
    return {
      why: `The reference holds ${phraseQuantity(counts[rare] ?? 0, 'label')} of "${classes[rare]}" among ${phraseQuantity(known.length, 'row')}; ${LEAST_OF_A_CLASS} of each class are needed.`,
    };
  }
  const scores = scoresOf(classes, answers, known);
  return {
    map: fitMulticlassMap(
      { scores, labels: Int32Array.from(known, (row) => rows.labels[row] ?? 0) },
      { calibrate: classes.map(() => true) },
    ),
  };
}

/**
 * Macro F1, precision, recall, specificity, AUC, average precision and the confusion matrix of rows without labels, by the calibration of the
 * reference (see `estimateMulticlass`). Rows without an answer or a probability are left out; at most 3,000, by hash of id. Says so without a row.
 */
export function estimateClasses(classes: readonly string[], map: MulticlassMap, rows: RowTable): ClassEstimates {
  const answered = fewerRows(rows, completeRows(classes, rows, rows.ids.length), CLASS_ROWS);
  if (answered.length === 0)
    return { rows: 0, metrics: [], confusion: [], why: 'No row holds an answer and the probability of every class.' };
  const unlabelled = { scores: scoresOf(classes, rows, answered), called: Int32Array.from(answered, (row) => rows.predicted[row] ?? 0) };
  const metrics = estimateMulticlass(unlabelled, map).flatMap((estimate) => {
    const metric = NAMES[estimate.metric];
    return metric === undefined ? [] : [{ ...estimate, metric }];
  });
  return { rows: answered.length, metrics, confusion: estimateConfusion(unlabelled, map), why: null };
}

/** Accuracy and value are estimated from all rows, by the confidence in the called class. */
const NAMES: Readonly<Record<string, ClassMetric>> = {
  f1: 'macroF1',
  precision: 'precision',
  recall: 'recall',
  specificity: 'specificity',
  rocAuc: 'rocAuc',
  averagePrecision: 'averagePrecision',
};

function completeRows(classes: readonly string[], { predicted, probabilities }: Answers, rows: number): number[] {
  const columns = classes.map((name) => probabilities[name]);
  return Array.from({ length: rows }, (_, row) => row).filter(
    (row) => !Number.isNaN(predicted[row] ?? Number.NaN) && columns.every((column) => isProbability(column?.[row])),
  );
}

function isProbability(value: number | undefined): boolean {
  return value !== undefined && value >= 0 && value <= 1;
}

function scoresOf(classes: readonly string[], { probabilities }: Answers, rows: readonly number[]): Float64Array[] {
  return classes.map((name) => Float64Array.from(rows, (row) => probabilities[name]?.[row] ?? 0));
}
