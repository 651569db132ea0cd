import { normalQuantile } from '../distributions/normal-quantile.ts';
import type { EstimatedMetric } from './estimated-classification.ts';
import type { ImportanceWeights } from './importance-weights.ts';

const DISAGREEMENT = 2;

/** An estimate with the band that is shown for it. `isTrustworthy` is false when a second way of estimating it contradicts the first. */
export interface JudgedEstimate<Name extends string = string> extends EstimatedMetric<Name> {
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
  readonly isTrustworthy: boolean;
  /** What the second opinion says; null where there is none. */
  readonly second: number | null;
}

/** Estimates of the same metrics: by the plain calibration, and by one that was weighted to look like the window. */
export interface TwoOpinions<Name extends string> {
  readonly first: readonly EstimatedMetric<Name>[];
  readonly second: readonly EstimatedMetric<Name>[];
  readonly weights: Pick<ImportanceWeights, 'isUsable'>;
}

/**
 * The bands of estimates after a second opinion (importance-weighted calibration, known as PAPE, https://arxiv.org/abs/2401.08348).
 *
 * The first estimate stays the figure. Where the second differs from it by more than one standard error of the first (less would not matter) and by more than
 * two of its own calibration's (less may be chance: both speak of the same rows, whose labels are the same luck), the band grows to hold both bands and
 * the estimate is marked as not trustworthy: a score may then mean something else for rows like these, and neither figure is picked in silence.
 * An unusable second opinion (see `importanceWeights`) is left out. O(metrics).
 */
export function withSecondOpinion<Name extends string>(
  { first, second, weights }: TwoOpinions<Name>,
  level = 0.95,
): JudgedEstimate<Name>[] {
  const z = normalQuantile(0.5 + level / 2);
  return first.map((estimate) => {
    const other = weights.isUsable ? second.find(({ metric }) => metric === estimate.metric) : undefined;
    const [own, others] = [bandOf(estimate, z), other === undefined ? null : bandOf(other, z)];
    const isTrustworthy =
      own === null || others === null || Math.abs(own.value - others.value) <= Math.max(own.standardError, DISAGREEMENT * others.mapNoise);
    const band =
      own === null || others === null || isTrustworthy
        ? own
        : { lower: Math.min(own.lower, others.lower), upper: Math.max(own.upper, others.upper) };
    return { ...estimate, lower: band?.lower ?? null, upper: band?.upper ?? null, level, isTrustworthy, second: other?.value ?? null };
  });
}

function bandOf({ value, standardError, mapNoise }: EstimatedMetric<string>, z: number) {
  if (value === null || standardError === null) return null;
  return { value, standardError, mapNoise: mapNoise ?? 0, lower: value - z * standardError, upper: value + z * standardError };
}
