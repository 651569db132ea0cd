import type { GroupFigures } from '../schema/group-report.ts';
import { expectedCalibrationError } from '../statistics/metrics/expected-calibration-error.ts';
import { blockTotals, lossEstimate, meanEstimate, shareEstimate } from './block-totals.ts';
import { type BinaryRows, type GroupTotals, groupTotals } from './group-totals.ts';
import { lossOf, rowLosses } from './row-losses.ts';

/** Confidence, and the rows that a rate must have behind it to be shown. */
export interface FigureRules {
  readonly level: number;
  readonly least: number;
}

/** One group under one model: rates, calibration and loss, with intervals over days. Calibration error: see `expectedCalibrationError`. */
export function groupFigures(
  group: { readonly name: string; readonly positions: readonly number[] },
  rows: BinaryRows,
  rules: FigureRules,
): { readonly figures: GroupFigures; readonly totals: GroupTotals } {
  const { definition, labels, answers, blocks } = rows;
  const totals = groupTotals(group, rows);
  const losses = blockTotals(rowLosses(definition, labels, answers), group.positions, blocks);
  const calibrationGap = meanEstimate(totals.calibration, rules);
  const figures = {
    selectionRate: shareEstimate(totals.selection, rules),
    truePositiveRate: shareEstimate(totals.truePositives, rules),
    falsePositiveRate: shareEstimate(totals.falsePositives, rules),
    calibrationGap,
    calibrationError: calibrationGap.value === null ? null : calibrationError(group.positions, rows),
    loss: lossEstimate(lossOf(definition), losses, rules),
  };
  return { figures, totals };
}

function calibrationError(positions: readonly number[], { labels, answers }: BinaryRows): number {
  const known = positions.filter((row) => !Number.isNaN(labels[row] ?? Number.NaN) && !Number.isNaN(answers.scores[row] ?? Number.NaN));
  return expectedCalibrationError({
    scores: known.map((row) => answers.scores[row] ?? 0),
    positives: known.map((row) => labels[row] ?? 0),
    negatives: known.map((row) => 1 - (labels[row] ?? 0)),
  });
}
