import type { LabelCube } from '../schema/label-cube.ts';
import { type CalibrationDecision, decideCalibration } from '../statistics/calibration-decision.ts';
import { type CalibrationMap, fitCalibrationMap, type LabelledGroups } from '../statistics/calibration-map.ts';
import { coarsenScores } from '../statistics/coarsen-scores.ts';
import { dealGroups } from '../statistics/deal-groups.ts';

const PARTS = 10;
const SEED = 1;
/** Labels of each class without which a calibration would be a guess. */
export const LEAST_OF_A_CLASS = 30;

/** What a reference teaches about its scores: the probability at each, whether calibrating them helped, and how they lie within the cells. */
export interface CubeCalibration {
  readonly map: CalibrationMap;
  readonly decision: CalibrationDecision;
  /** Mean score and rows of each occupied cube cell, ascending. */
  readonly cells: readonly { readonly cell: number; readonly score: number; readonly rows: number }[];
}

/**
 * Learns from the label cube of a reference what its scores mean. Null with fewer than 30 labels of a class: nothing could be vouched for.
 * The cross-fitting deals the counts by a fixed seed, so the same cube gives the same calibration everywhere.
 *
 * The map is the calibrated one even where `decision` finds the raw scores good enough: a fault too small to be found there still bent estimates, and their
 * bands held the realised AUC in 85 % of simulated windows instead of 95 % (scores 10 % too timid, 3,000 labels); read through the map, in 95 %.
 * `decision` says whether people may read the scores as probabilities, or should recalibrate.
 */
export function calibrateCube(reference: LabelCube): CubeCalibration | null {
  if (Math.min(reference.positives, reference.labelled - reference.positives) < LEAST_OF_A_CLASS) return null;
  const cells = reference.cells.map(([cell, no, yes, sum]) => ({
    cell,
    score: Math.min(1, Math.max(0, sum / (no + yes))),
    rows: no + yes,
  }));
  const groups: LabelledGroups = {
    scores: cells.map(({ score }) => score),
    positives: reference.cells.map(([, , yes]) => yes),
    negatives: reference.cells.map(([, no]) => no),
  };
  const decision = decideCalibration(dealGroups(groups, { parts: PARTS, seed: SEED }));
  return { map: fitCalibrationMap(coarsenScores(groups)), decision, cells };
}
