import type { GroupEstimate, GroupFigures } from '../schema/group-report.ts';
import { expectedCalibrationError } from '../statistics/metrics/expected-calibration-error.ts';
import { blockTotals, lossEstimate, meanEstimate, shareEstimate } from './block-totals.ts';
import type { GroupTotals } from './group-totals.ts';
import type { JudgedRows } from './judged-rows.ts';
import type { PlainRate } from './row-rates.ts';

/** Confidence, and the rows that a rate must have behind it to be shown. */
export interface FigureRules {
  readonly level: number;
  readonly least: number;
}

/** One group under one model: the rates that its task has, calibration and loss, with intervals over days. Calibration error: see `expectedCalibrationError`. */
export function groupFigures(
  positions: readonly number[],
  { totals, rows }: { readonly totals: GroupTotals; readonly rows: JudgedRows },
  rules: FigureRules,
): GroupFigures {
  const of = (rate: PlainRate, estimate: typeof shareEstimate): GroupEstimate | undefined => {
    const sums = totals.rates[rate];
    return sums === undefined ? undefined : estimate(sums, rules);
  };
  const figures = {
    selectionRate: of('selection', shareEstimate),
    truePositiveRate: of('truePositives', shareEstimate),
    falsePositiveRate: of('falsePositives', shareEstimate),
    calibrationGap: of('calibration', meanEstimate),
    meanError: of('error', meanEstimate),
  };
  const { calibrationGap } = figures;
  const { answers, outcomes } = rows;
  const isShown = calibrationGap?.value !== null;
  return {
    ...defined(figures),
    ...(outcomes === null ? {} : { calibrationError: isShown ? calibrationError(positions, answers, outcomes) : null }),
    loss: lossEstimate(rows.loss, blockTotals(rows.losses, positions, rows.blocks), rules),
  };
}

function defined<Key extends string>(figures: Readonly<Record<Key, GroupEstimate | undefined>>): Partial<Record<Key, GroupEstimate>> {
  const entries = Object.entries<GroupEstimate | undefined>(figures).filter(([, estimate]) => estimate !== undefined);
  return Object.fromEntries(entries) as Partial<Record<Key, GroupEstimate>>;
}

/** Over the rows whose score and outcome are known. */
function calibrationError(positions: readonly number[], answers: JudgedRows['answers'], outcomes: Float64Array): number {
  const scoreOf = (row: number) => answers.scores[row] ?? Number.NaN;
  const outcomeOf = (row: number) => outcomes[row] ?? Number.NaN;
  const known = positions.filter((row) => !Number.isNaN(scoreOf(row)) && !Number.isNaN(outcomeOf(row)));
  return expectedCalibrationError({
    scores: known.map(scoreOf),
    positives: known.map(outcomeOf),
    negatives: known.map((row) => 1 - outcomeOf(row)),
  });
}
