import { fitCalibrationMap, probabilityAt } from './calibration-map.ts';
import { expectedCalibrationError } from './expected-calibration-error.ts';

/** Reference rows: score, label 1 or 0, and the fold of each row (0 … folds − 1), which must not depend on score or label. */
export interface FoldedRows {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  readonly folds: ArrayLike<number>;
}

/** Log loss and calibration error of the raw and of the calibrated scores, the latter on rows that the calibration did not see. */
export interface CalibrationDecision {
  readonly calibrate: boolean;
  readonly raw: { readonly logLoss: number; readonly calibrationError: number };
  readonly calibrated: { readonly logLoss: number; readonly calibrationError: number };
}

/**
 * Whether scores should be calibrated before they are read as probabilities: by cross-fitting. Each fold is calibrated by the rows of the
 * others; calibration is taken up only if neither log loss nor calibration error gets worse on those unseen rows.
 *
 * Both losses clip probabilities to [1/(n + 2), 1 − 1/(n + 2)]: n rows cannot vouch for more, and an end level of exactly 0 or 1 must not
 * decide by one surprise. Without a class of labels, or with one fold only, there is nothing to learn: raw scores stay. O(folds · n log n).
 */
export function decideCalibration(rows: FoldedRows): CalibrationDecision {
  const raw = losses(rows.scores, rows.labels);
  const unseen = crossFittedProbabilities(rows);
  if (unseen === null) return { calibrate: false, raw, calibrated: raw };
  const calibrated = losses(unseen, rows.labels);
  const calibrate = calibrated.logLoss <= raw.logLoss && calibrated.calibrationError <= raw.calibrationError;
  return { calibrate, raw, calibrated };
}

/** The calibrated probability of each row by the rows of the other folds; null when some fold leaves one class only. */
export function crossFittedProbabilities({ scores, labels, folds }: FoldedRows): Float64Array | null {
  const unseen = new Float64Array(scores.length);
  for (const fold of [...new Set(Array.from(folds))].sort((a, b) => a - b)) {
    const taught = Array.from(scores, (_, row) => row).filter((row) => folds[row] !== fold);
    const positives = taught.map((row) => labels[row] ?? 0);
    const hits = positives.reduce((sum, label) => sum + label, 0);
    if (hits === 0 || hits === taught.length) return null;
    const map = fitCalibrationMap({
      scores: taught.map((row) => scores[row] ?? 0),
      positives,
      negatives: positives.map((label) => 1 - label),
    });
    for (let row = 0; row < scores.length; row += 1) {
      if (folds[row] === fold) unseen[row] = probabilityAt(map, scores[row] ?? 0);
    }
  }
  return unseen;
}

function losses(probabilities: Float64Array, labels: Float64Array): { logLoss: number; calibrationError: number } {
  const least = 1 / (probabilities.length + 2);
  let sum = 0;
  for (let row = 0; row < probabilities.length; row += 1) {
    const given = labels[row] === 1 ? (probabilities[row] ?? 0) : 1 - (probabilities[row] ?? 0);
    sum -= Math.log(Math.min(1 - least, Math.max(least, given)));
  }
  return { logLoss: sum / probabilities.length, calibrationError: expectedCalibrationError(probabilities, labels) };
}
