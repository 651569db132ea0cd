import { type OutcomeMetric, type OutcomeWorth, outcomeMetrics, outcomeTotals, type ScoredGroups } from '../metrics/outcome-metrics.ts';
import { rankingMetrics } from '../metrics/ranking-metrics.ts';
import { scoreLosses } from '../metrics/score-losses.ts';
import { type CalibrationMap, levelsAt, probabilityAt } from './calibration-map.ts';

export type ClassificationMetric = OutcomeMetric | 'rocAuc' | 'averagePrecision' | 'logLoss' | 'brier';

/** Unlabelled predictions, grouped or row by row: raw scores, how many rows each stands for, and whether they were called positive (1 or 0). */
export interface UnlabelledGroups {
  readonly scores: Float64Array;
  readonly rows: Float64Array;
  readonly called: Uint8Array;
}

/**
 * What a metric of the rows would be if their labels were known. `labelNoise`: how far chance in the labels of these rows moves the realised figure;
 * `mapNoise`: how far the reference leaves the calibration uncertain; `standardError` holds both. All null, with `why`, when there is no figure.
 */
export interface EstimatedMetric<Name extends string = ClassificationMetric> {
  readonly metric: Name;
  readonly value: number | null;
  readonly labelNoise: number | null;
  readonly mapNoise: number | null;
  readonly standardError: number | null;
  readonly why: string | null;
}

/**
 * Performance without labels, from calibrated scores (confidence-based performance estimation, CBPE; method as documented at
 * https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html).
 *
 * In words: a row with probability c of being positive counts as c of a positive and 1 − c of a negative, in every metric. Errors by the delta
 * method: label noise is √Σ c(1 − c)·slope² over rows; map noise is √Σ variance·(Σ of the slopes that hang on it)² over the levels of the calibration.
 * The band is for the realised figure of these very rows. Sees shifts of the inputs only: it assumes that what a score means has not
 * changed since the reference, and that the model was not trained on the reference. O(n log n).
 */
export function estimateClassification(groups: UnlabelledGroups, map: CalibrationMap, worth?: OutcomeWorth): EstimatedMetric[] {
  const positive = new Float64Array(groups.scores.length);
  for (let at = 0; at < positive.length; at += 1) positive[at] = probabilityAt(map, groups.scores[at] ?? Number.NaN);
  const expected: ScoredGroups = { ...groups, positive };
  const mixes = levelMixes(map, groups.scores);
  const slopes = new Float64Array(positive.length);
  const errors = (slopeOf: (at: number) => number) => {
    for (let at = 0; at < slopes.length; at += 1) slopes[at] = slopeOf(at);
    return errorsOf({ rows: groups.rows, chance: positive, slopes, mixes, variance: map.variance });
  };
  const outcomes = outcomeMetrics(outcomeTotals(expected), worth).map(({ metric, value, why, influence }) => {
    const called = influence.truePositive - influence.falsePositive;
    const others = influence.falseNegative - influence.trueNegative;
    return estimated({ metric, value, why }, () => errors((at) => (groups.called[at] === 1 ? called : others)));
  });
  const byGroup = [...rankingMetrics(expected), ...scoreLosses(expected)].map(({ metric, value, why, ifPositive, ifNegative }) =>
    estimated({ metric, value, why }, () => errors((at) => (ifPositive[at] ?? 0) - (ifNegative[at] ?? 0))),
  );
  return [...byGroup, ...outcomes];
}

interface Sloped {
  readonly rows: Float64Array;
  readonly chance: Float64Array;
  /** What one more positive in place of a negative would do to the metric, by group. */
  readonly slopes: Float64Array;
  readonly mixes: LevelMixes;
  readonly variance: readonly number[];
}

/** The delta method over groups: read for every metric of every window, so it allocates next to nothing. */
function errorsOf({ rows, chance, slopes, mixes: { lower, upper, share }, variance }: Sloped): Errors {
  const hanging = new Float64Array(variance.length);
  let label = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const count = rows[at] ?? 0;
    const slope = slopes[at] ?? 0;
    const probability = chance[at] ?? 0;
    const below = lower[at] ?? 0;
    const above = upper[at] ?? 0;
    const part = share[at] ?? 0;
    label += count * probability * (1 - probability) * slope * slope;
    hanging[below] = (hanging[below] ?? 0) + count * slope * (1 - part);
    hanging[above] = (hanging[above] ?? 0) + count * slope * part;
  }
  let mapped = 0;
  for (let level = 0; level < hanging.length; level += 1) {
    const slope = hanging[level] ?? 0;
    mapped += (variance[level] ?? 0) * slope * slope;
  }
  return { labelNoise: Math.sqrt(label), mapNoise: Math.sqrt(mapped), standardError: Math.sqrt(label + mapped) };
}

interface LevelMixes {
  readonly lower: Uint32Array;
  readonly upper: Uint32Array;
  readonly share: Float64Array;
}

/** `levelsAt` of every score, in arrays that each metric reads anew. */
function levelMixes(map: CalibrationMap, scores: Float64Array): LevelMixes {
  const size = scores.length;
  const mixes = { lower: new Uint32Array(size), upper: new Uint32Array(size), share: new Float64Array(size) };
  for (let at = 0; at < size; at += 1) {
    const { lower, upper, share } = levelsAt(map, scores[at] ?? 0);
    mixes.lower[at] = lower;
    mixes.upper[at] = upper;
    mixes.share[at] = share;
  }
  return mixes;
}

type Bare = Pick<EstimatedMetric, 'metric' | 'value' | 'why'>;
type Errors = { readonly labelNoise: number; readonly mapNoise: number; readonly standardError: number };

function estimated(bare: Bare, errors: () => Errors): EstimatedMetric {
  if (bare.value === null) return { ...bare, labelNoise: null, mapNoise: null, standardError: null };
  return { ...bare, ...errors() };
}
