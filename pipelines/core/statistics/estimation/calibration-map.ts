import { type IsotonicFit, isotonicAt, isotonicFit } from './isotonic.ts';

/** Labelled scores to learn from, grouped or row by row: positives and negatives at each score. `weight` is the importance of a row (1 when left out). */
export interface LabelledGroups {
  readonly scores: ArrayLike<number>;
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
}

/**
 * From score to probability, and how sure that is. `levels` are the level parts of the isotonic curve, ascending; `variance` is the sampling
 * variance of each level. With `isIdentity` the score itself is the probability; the levels then tell how well the labels can vouch for it.
 */
export interface CalibrationMap {
  readonly isIdentity: boolean;
  readonly curve: IsotonicFit;
  readonly levels: readonly number[];
  readonly variance: readonly number[];
}

/** The levels that a score's probability is made of: `share` of the upper one, the rest of the lower one. */
export interface LevelMix {
  readonly lower: number;
  readonly upper: number;
  readonly share: number;
}

/**
 * Learns the probability of a positive at each score: isotonic regression of the labels, with the variance of every level.
 *
 * Variance of a level of weight W: Σ w²(y − m)² / W², the rows taken at m' = (positives + ½)/(rows + 1), so that a level of 0 or 1 is not
 * taken for certain. Levels are treated as given: smooth sums over the curve are asymptotically normal with this variance, single points are
 * not (Groeneboom and Jongbloed 2014, https://doi.org/10.1017/CBO9781139020893). Assumes independent rows and reference rows that the
 * model was not trained on. Throws a RangeError without rows. O(n log n).
 *
 * @example fitCalibrationMap({ scores: [0.2, 0.8], positives: [1, 3], negatives: [3, 1] }).levels; // => [0.25, 0.75]
 */
export function fitCalibrationMap(groups: LabelledGroups, isIdentity = false): CalibrationMap {
  const rows = Array.from(groups.scores, (_, at) => (groups.positives[at] ?? 0) + (groups.negatives[at] ?? 0));
  const curve = isotonicFit({
    x: groups.scores,
    y: rows.map((count, at) => (count > 0 ? (groups.positives[at] ?? 0) / count : 0)),
    weight: rows.map((count, at) => count * (groups.weight?.[at] ?? 1)),
  });
  const levels = [...new Set(curve.y)];
  return { isIdentity, curve, levels, variance: levelVariance(groups, curve, levels) };
}

/** The probability of a positive at a score. O(log levels). */
export function probabilityAt(map: CalibrationMap, score: number): number {
  return map.isIdentity ? Math.min(1, Math.max(0, score)) : isotonicAt(map.curve, score);
}

/** Which levels the probability at a score comes from. O(log levels). */
export function levelsAt({ curve, levels }: CalibrationMap, score: number): LevelMix {
  const value = isotonicAt(curve, score);
  let low = 0;
  let high = levels.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((levels[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  const from = levels[low] ?? 0;
  const to = levels[low + 1] ?? from;
  if (value <= from || to === from) return { lower: low, upper: low, share: 0 };
  return { lower: low, upper: low + 1, share: (value - from) / (to - from) };
}

function levelVariance(groups: LabelledGroups, curve: IsotonicFit, levels: readonly number[]): number[] {
  const places = new Map(levels.map((level, at) => [level, at]));
  const sums = levels.map(() => ({ positives: 0, rows: 0, weight: 0, squaresPositive: 0, squaresNegative: 0 }));
  for (let at = 0; at < groups.scores.length; at += 1) {
    const sum = sums[places.get(isotonicAt(curve, groups.scores[at] ?? 0)) ?? -1];
    const weight = groups.weight?.[at] ?? 1;
    if (sum === undefined || !(weight > 0)) continue;
    const [positives, negatives] = [groups.positives[at] ?? 0, groups.negatives[at] ?? 0];
    sum.positives += positives;
    sum.rows += positives + negatives;
    sum.weight += weight * (positives + negatives);
    sum.squaresPositive += weight * weight * positives;
    sum.squaresNegative += weight * weight * negatives;
  }
  return sums.map(({ rows, weight, squaresPositive, squaresNegative }, at) => {
    if (weight === 0) return 0;
    const mean = ((levels[at] ?? 0) * rows + 0.5) / (rows + 1);
    return ((squaresPositive + squaresNegative) * mean * (1 - mean)) / (weight * weight);
  });
}
