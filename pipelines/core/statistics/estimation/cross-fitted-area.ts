import { normalQuantile } from '../distributions/normal-quantile.ts';
import { normalUpperTail } from '../distributions/normal-upper-tail.ts';
import { rankSum } from '../hypotheses/rank-sum.ts';
import type { Bounds } from '../intervals/bounds.ts';
import { rocAuc } from '../metrics/roc-auc.ts';

/** Rows of each class that a fold needs at least. */
const LEAST_PER_CLASS = 10;

/** The rows of a fold, and the score learnt from all others. */
export interface HeldOutFold<Score> {
  readonly rows: readonly number[];
  readonly score: Score;
}

/** How well a learner tells two samples apart. */
export interface Separability<Score> {
  /** Area under the ROC curve out of fold, the mean over folds: 0.5 when the samples cannot be told apart. */
  readonly area: number;
  /** By DeLong within folds; too narrow near 0.5, where `pValue` decides. */
  readonly interval: Bounds;
  /** One-sided: how often samples of one distribution would be told apart as well. */
  readonly pValue: number;
  /** What the p value is the upper tail of: standard normal without drift. */
  readonly statistic: number;
  readonly folds: readonly HeldOutFold<Score>[];
}

/** Two samples as one: `labels` is 1 for a row of the current sample and 0 for one of the reference. */
export interface SeparabilityProblem<Score> {
  readonly labels: ArrayLike<number>;
  /** The fold of each row, 0 … folds − 1: chosen without a look at labels or features, rows that belong together in one fold. */
  readonly folds: ArrayLike<number>;
  /** Learns from some rows; returns the score of any row, higher for the current sample. */
  readonly learn: (train: Uint32Array) => Score;
}

/**
 * Domain classifier test: can a learner tell the current rows from those of the reference?
 *
 * The area is that of ordinary cross-validation, averaged over folds because scores of different folds cannot be compared. Its usual p
 * value would be wrong: folds teach one another, which doubles the variance without drift, so that DeLong's p value is below 0.05 in
 * about 12 % of cases (tests/calibration/multivariate-domain.slow.test.ts). The p value here is that of a progressive validation: fold k
 * is scored by what folds 0 … k − 1 taught, so that its rank sum, given the past, has exactly the Mann-Whitney distribution whatever the
 * learner; the standardised rank sums are added with weights √k. Idea: prequential testing (Dawid 1984, https://doi.org/10.2307/2981683);
 * samples told apart by a classifier: Lopez-Paz and Oquab 2017 (https://arxiv.org/abs/1610.06545). Assumes independent rows. null when a
 * fold has too few rows of a class. Cost: about 1.5 times the learning of cross-validation.
 */
export function crossFittedArea<Score extends (row: number) => number>(problem: SeparabilityProblem<Score>): Separability<Score> | null {
  const members = membersByFold(problem.folds);
  if (members.length < 2 || members.some((rows) => !bothClasses(rows, problem.labels))) return null;
  const folds = members.map((rows, fold) => ({
    rows,
    score: problem.learn(Uint32Array.from(members.filter((_, index) => index !== fold).flat())),
  }));
  const areas = folds.map(({ rows, score }) => foldArea(scoresOf(rows, score), labelsAt(problem.labels, rows)));
  let [evidence, variance] = [0, 0];
  for (const [fold, rows] of members.entries()) {
    if (fold === 0) continue;
    // The folds before the last one are all others: that score has been learnt.
    const last = fold === members.length - 1 ? folds[fold]?.score : undefined;
    const score = last ?? problem.learn(Uint32Array.from(members.slice(0, fold).flat()));
    const { z } = rankSum(scoresOf(rows, score), labelsAt(problem.labels, rows));
    evidence += Math.sqrt(fold) * z;
    variance += fold;
  }
  const statistic = evidence / Math.sqrt(variance);
  return { ...combined(areas), statistic, pValue: normalUpperTail(statistic), folds };
}

/**
 * Folds from hashes: rows of equal hash share a fold, and neighbouring hashes are spread.
 *
 * @example foldsOf([7, 7, 8], 5)[0] === foldsOf([7], 5)[0]; // => true
 */
export function foldsOf(hashes: ArrayLike<number>, folds: number): Uint32Array {
  return Uint32Array.from(Array.from(hashes), (hash) => {
    let mixed = Math.imul((hash ^ (hash >>> 16)) | 0, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % folds;
  });
}

function membersByFold(folds: ArrayLike<number>): number[][] {
  const members: number[][] = [];
  for (let row = 0; row < folds.length; row += 1) {
    const fold = folds[row] ?? 0;
    while (members.length <= fold) members.push([]);
    members[fold]?.push(row);
  }
  return members;
}

function bothClasses(rows: readonly number[], labels: ArrayLike<number>): boolean {
  const positives = rows.filter((row) => labels[row] === 1).length;
  return positives >= LEAST_PER_CLASS && rows.length - positives >= LEAST_PER_CLASS;
}

function labelsAt(labels: ArrayLike<number>, rows: readonly number[]): Float64Array {
  return scoresOf(rows, (row) => labels[row] ?? 0);
}

function scoresOf(rows: readonly number[], score: (row: number) => number): Float64Array {
  const scores = new Float64Array(rows.length);
  for (let place = 0; place < scores.length; place += 1) scores[place] = score(rows[place] ?? 0);
  return scores;
}

interface FoldArea {
  readonly area: number;
  readonly variance: number;
  readonly pairs: number;
}

function foldArea(scores: Float64Array, labels: Float64Array): FoldArea {
  const estimate = rocAuc(scores, labels);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return { area: estimate?.area ?? 0.5, variance: (estimate?.standardError ?? 0) ** 2, pairs: positives * (labels.length - positives) };
}

/** Mean of the areas weighted by pairs, with its interval inside [0, 1]. */
function combined(folds: readonly FoldArea[]): { area: number; interval: Bounds } {
  const total = folds.reduce((sum, { pairs }) => sum + pairs, 0);
  const area = folds.reduce((sum, fold) => sum + (fold.pairs / total) * fold.area, 0);
  const variance = folds.reduce((sum, fold) => sum + (fold.pairs / total) ** 2 * fold.variance, 0);
  const half = normalQuantile(0.975) * Math.sqrt(variance);
  return { area, interval: { lower: Math.max(0, area - half), upper: Math.min(1, area + half), level: 0.95 } };
}
