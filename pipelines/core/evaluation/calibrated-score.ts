import type { ScoreCalibration } from '../schema/score-calibration.ts';
import { isotonicAt } from '../statistics/estimation/isotonic.ts';
import { logisticAt } from '../statistics/estimation/logistic-map.ts';

/**
 * The calibrated score at a raw one, in [0, 1]. Rises with the raw score, so that no metric of order changes.
 *
 * @example calibratedScore({ method: 'logistic', slope: 1, intercept: 0 }, 0.5); // => 0.5
 */
export function calibratedScore(calibration: ScoreCalibration, score: number): number {
  if (calibration.method === 'logistic') return logisticAt(calibration, score);
  const { scores, probabilities, rawShare } = calibration;
  return (1 - rawShare) * isotonicAt({ x: scores, y: probabilities }, score) + rawShare * score;
}
