import { decideCubeCalibration } from '../profile/calibrate-cube.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import type { CalibrationLoss } from '../statistics/estimation/calibration-decision.ts';
import { phraseNumber } from './phrase-number.ts';

/** Whether the scores of a version may be read as probabilities, or should be recalibrated first; null where too few labels can tell. */
export function calibrationLine({ labels }: Pick<ReferenceProfile, 'labels'>): string | null {
  const decision = decideCubeCalibration(labels);
  if (decision === null) return null;
  const { calibrate, raw, calibrated } = decision;
  const figures = `on rows that the curve did not see, log-loss ${changed(raw, calibrated, 'logLoss')} and calibration error ${changed(raw, calibrated, 'calibrationError')}`;
  return calibrate
    ? `Do not read its scores as probabilities without recalibrating them: a curve learnt from the reference makes both errors smaller (${figures}).`
    : `Its scores may be read as probabilities: a curve learnt from the reference does not help (${figures}).`;
}

function changed(raw: CalibrationLoss, calibrated: CalibrationLoss, name: keyof CalibrationLoss): string {
  return `${phraseNumber(raw[name], 4)} as they are, ${phraseNumber(calibrated[name], 4)} recalibrated`;
}
