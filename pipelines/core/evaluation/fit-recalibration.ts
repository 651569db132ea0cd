import { foldOfId } from '../digest/fold-of-id.ts';
import type { ScoreCalibration } from '../schema/score-calibration.ts';
import { type CalibrationDecision, decideCalibration, foldedGroups, joined } from '../statistics/estimation/calibration-decision.ts';
import { fitCalibrationMap, type LabelledGroups } from '../statistics/estimation/calibration-map.ts';
import { coarsenScores } from '../statistics/estimation/coarsen-scores.ts';
import { fitLogisticMap } from '../statistics/estimation/logistic-map.ts';
import { calibratedScore } from './calibrated-score.ts';

/** Labelled rows of a binary task as a network scored them; parallel. */
export interface ScoredRows {
  readonly ids: readonly string[];
  readonly scores: ArrayLike<number>;
  /** 1 or 0. */
  readonly labels: ArrayLike<number>;
}

/** A curve over the scores, and how it and the raw scores do on rows that it was not fitted on. */
export interface Recalibration {
  readonly calibration: ScoreCalibration;
  readonly decision: CalibrationDecision;
}

const PARTS = 5;
/** So little of the raw score moves no probability that matters, and keeps rows apart on the level parts of the curve. */
const RAW_SHARE = 0.01;

/**
 * Fits a curve over scores: isotonic or logistic, whichever has the lower log loss when each fifth of the rows (by hash of id) is scored by a curve
 * fitted on the others; of equal ones the logistic. `decision.calibrate` says whether it does better than no curve there. null where neither can be fitted: one class, or one
 * score, only.
 */
export function fitRecalibration({ ids, scores, labels }: ScoredRows): Recalibration | null {
  const parts = foldedGroups({ scores, labels, folds: ids.map((id) => foldOfId(`recalibration/${id}`, PARTS)) });
  const all = joined(parts);
  const candidates = [logistic, isotonic].flatMap((fit): Recalibration[] => {
    const calibration = fit(all);
    if (calibration === null) return [];
    const decision = decideCalibration(parts, (taught) => {
      const partial = fit(taught);
      return partial === null ? null : (score) => calibratedScore(partial, score);
    });
    return decision.calibrated === decision.raw ? [] : [{ calibration, decision }];
  });
  const [best = null] = candidates.sort((a, b) => a.decision.calibrated.logLoss - b.decision.calibrated.logLoss);
  return best;
}

function logistic(groups: LabelledGroups): ScoreCalibration | null {
  const map = fitLogisticMap(groups);
  // A falling curve would turn the order of rows around: that is another model.
  return map === null || map.slope <= 0 ? null : { method: 'logistic', ...map };
}

function isotonic(groups: LabelledGroups): ScoreCalibration | null {
  const { curve } = fitCalibrationMap(coarsenScores(groups));
  const isLevel = curve.y.every((level) => level === curve.y[0]);
  return isLevel ? null : { method: 'isotonic', scores: [...curve.x], probabilities: [...curve.y], rawShare: RAW_SHARE };
}
