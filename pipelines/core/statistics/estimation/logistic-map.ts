import type { LabelledGroups } from './calibration-map.ts';

/** Log odds of the calibrated probability: slope · log odds of the score + intercept. */
export interface LogisticMap {
  readonly slope: number;
  readonly intercept: number;
}

/** Scores are held this far from 0 and 1, where log odds are infinite. */
const LEAST = 1e-12;
const STEPS = 50;
const TOLERANCE = 1e-12;

/**
 * Logistic recalibration: the two numbers under which labels are likeliest, given scores that are probabilities.
 *
 * In words: logistic regression of the label on the log odds of the score, by Newton's method (Cox 1958,
 * https://doi.org/10.1093/biomet/45.3-4.562; Platt 1999 does the same to the outputs of a support vector machine). Slope 1 and intercept 0
 * change nothing. Null where no such numbers exist: one class only, one score only, or classes that the scores part completely.
 * Counts only, no weights. O(groups) a step.
 */
export function fitLogisticMap({ scores, positives, negatives }: LabelledGroups): LogisticMap | null {
  const odds = Array.from(scores, logOdds);
  const rows = { yes: total(positives), no: total(negatives) };
  if (rows.yes === 0 || rows.no === 0) return null;
  // From no slope Newton's steps stay bounded; from slope 1 they overshoot where scores are near 0 or 1.
  let map: LogisticMap = { slope: 0, intercept: Math.log(rows.yes / rows.no) };
  for (let step = 0; step < STEPS; step += 1) {
    const sums = gradientAndCurvature({ odds, positives, negatives }, map);
    const determinant = sums.slopes * sums.rows - sums.mixed * sums.mixed;
    if (!(determinant > TOLERANCE * sums.slopes * sums.rows)) return null;
    const slope = (sums.rows * sums.bySlope - sums.mixed * sums.byIntercept) / determinant;
    const intercept = (sums.slopes * sums.byIntercept - sums.mixed * sums.bySlope) / determinant;
    map = { slope: map.slope + slope, intercept: map.intercept + intercept };
    if (!Number.isFinite(map.slope) || !Number.isFinite(map.intercept)) return null;
    if (Math.abs(slope) + Math.abs(intercept) < 1e-10) return map;
  }
  return null;
}

/** The probability of a positive at a score. O(1). */
export function logisticAt({ slope, intercept }: LogisticMap, score: number): number {
  return chanceOf(slope * logOdds(score) + intercept);
}

function gradientAndCurvature(
  rows: { readonly odds: readonly number[] } & Pick<LabelledGroups, 'positives' | 'negatives'>,
  { slope, intercept }: LogisticMap,
) {
  const sums = { bySlope: 0, byIntercept: 0, slopes: 0, mixed: 0, rows: 0 };
  for (const [at, odds] of rows.odds.entries()) {
    const [yes, no] = [rows.positives[at] ?? 0, rows.negatives[at] ?? 0];
    const chance = chanceOf(slope * odds + intercept);
    const residual = yes - (yes + no) * chance;
    const weight = (yes + no) * chance * (1 - chance);
    sums.bySlope += residual * odds;
    sums.byIntercept += residual;
    sums.slopes += weight * odds * odds;
    sums.mixed += weight * odds;
    sums.rows += weight;
  }
  return sums;
}

function total(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((sum, count) => sum + count, 0);
}

function logOdds(score: number): number {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, score));
  return Math.log(inside / (1 - inside));
}

function chanceOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
