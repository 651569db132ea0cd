import { expectedCalibrationError } from '../metrics/expected-calibration-error.ts';
import { fitCalibrationMap, type LabelledGroups, probabilityAt } from './calibration-map.ts';
import { coarsenScores } from './coarsen-scores.ts';

/** How well probabilities fit labels. */
export interface CalibrationLoss {
  readonly logLoss: number;
  readonly calibrationError: number;
}

/** The losses of the raw and of the calibrated scores, the latter on rows that their calibration did not see. */
export interface CalibrationDecision {
  readonly calibrate: boolean;
  readonly raw: CalibrationLoss;
  readonly calibrated: CalibrationLoss;
}

/** Learns the probability of a positive at a score; null where nothing can be learnt. */
export type FitCurve = (taught: LabelledGroups) => ((score: number) => number) | null;

/**
 * Whether scores should be calibrated before they are read as probabilities: by cross-fitting over parts of the reference that were made
 * without regard to score and label (by a hash of the id). Each part is calibrated by the others; calibration is taken up only if neither
 * log loss nor calibration error gets worse on those unseen rows.
 *
 * Both losses clip probabilities to [1/(n + 2), 1 − 1/(n + 2)]: n rows cannot vouch for more, and an end level of exactly 0 or 1 must not
 * decide by one surprise. With a single part, or where some part leaves one class only or nothing can be fitted, raw scores stay and
 * `calibrated` is `raw`. `fit` is what learns a curve; left out: isotonic regression through classes of scores. O(parts · n log n).
 */
export function decideCalibration(parts: readonly LabelledGroups[], fit: FitCurve = isotonicCurve): CalibrationDecision {
  const all = joined(parts);
  const raw = losses(all);
  const unseen = parts.map((part) => {
    const taught = without(all, part);
    const [positives, negatives] = [total(taught.positives), total(taught.negatives)];
    if (positives === 0 || negatives === 0) return null;
    const curve = fit(taught);
    return curve === null ? null : { ...part, scores: Array.from(part.scores, (score) => curve(score)) };
  });
  const seen = unseen.filter((part) => part !== null);
  if (seen.length < unseen.length) return { calibrate: false, raw, calibrated: raw };
  const calibrated = losses(joined(seen));
  const calibrate = calibrated.logLoss <= raw.logLoss && calibrated.calibrationError <= raw.calibrationError;
  return { calibrate, raw, calibrated };
}

function isotonicCurve(taught: LabelledGroups): (score: number) => number {
  const map = fitCalibrationMap(coarsenScores(taught));
  return (score) => probabilityAt(map, score);
}

/** Rows as groups of equal score, split by fold (0 … parts − 1). Labels are 1 and 0. */
export function foldedGroups(rows: { scores: ArrayLike<number>; labels: ArrayLike<number>; folds: ArrayLike<number> }): LabelledGroups[] {
  const parts = new Map<number, Map<number, [number, number]>>();
  for (let row = 0; row < rows.scores.length; row += 1) {
    const [score = 0, label = 0, fold = 0] = [rows.scores[row], rows.labels[row], rows.folds[row]];
    const part = parts.get(fold) ?? new Map<number, [number, number]>();
    const [positives, negatives] = part.get(score) ?? [0, 0];
    parts.set(fold, part.set(score, [positives + label, negatives + 1 - label]));
  }
  return [...parts].sort(([a], [b]) => a - b).map(([, part]) => sortedGroups(part));
}

/** The groups of all parts; equal scores of different parts become one group. */
export function joined(parts: readonly LabelledGroups[]): LabelledGroups {
  const groups = new Map<number, [number, number]>();
  for (const { scores, positives, negatives } of parts) {
    for (let at = 0; at < scores.length; at += 1) {
      const score = scores[at] ?? 0;
      const [more, less] = groups.get(score) ?? [0, 0];
      groups.set(score, [more + (positives[at] ?? 0), less + (negatives[at] ?? 0)]);
    }
  }
  return sortedGroups(groups);
}

/** The groups of the whole less one of its parts. */
function without(all: LabelledGroups, part: LabelledGroups): LabelledGroups {
  const place = new Map(Array.from(part.scores, (score, at) => [score, at]));
  const less = (counts: 'positives' | 'negatives') =>
    Array.from(all[counts], (count, at) => count - (part[counts][place.get(all.scores[at] ?? Number.NaN) ?? -1] ?? 0));
  return { scores: all.scores, positives: less('positives'), negatives: less('negatives') };
}

function sortedGroups(groups: ReadonlyMap<number, readonly [number, number]>): LabelledGroups {
  const sorted = [...groups].sort(([a], [b]) => a - b);
  return {
    scores: sorted.map(([score]) => score),
    positives: sorted.map(([, [positives]]) => positives),
    negatives: sorted.map(([, [, negatives]]) => negatives),
  };
}

function total(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((sum, count) => sum + count, 0);
}

function losses(groups: LabelledGroups): CalibrationLoss {
  const rows = total(groups.positives) + total(groups.negatives);
  const least = 1 / (rows + 2);
  const surprise = (probability: number) => -Math.log(Math.min(1 - least, Math.max(least, probability)));
  let sum = 0;
  for (let at = 0; at < groups.scores.length; at += 1) {
    const score = groups.scores[at] ?? 0;
    sum += (groups.positives[at] ?? 0) * surprise(score) + (groups.negatives[at] ?? 0) * surprise(1 - score);
  }
  return { logLoss: sum / rows, calibrationError: expectedCalibrationError(groups) };
}
