import { normalQuantile } from '../distributions/normal-quantile.ts';

/** How often features whose loss is the same in all classes may lead for what they cost: in one of twenty samples. */
export const LEAD_BY_CHANCE = 0.05;

/** What is known of one feature that drifted. */
export interface DriftedFeature {
  readonly name: string;
  /** Size of the drift, on one scale for all features (for instance Jensen-Shannon distance). */
  readonly effect: number;
  /** How much the model depends on the feature, on one scale for all; null when nobody measured it. */
  readonly importance: number | null;
  /** How much of the change of the mean loss the feature's shift explains; null when it is not known. */
  readonly lossChange: number | null;
  /** Standard error of that change; null when it is not known. */
  readonly lossError?: number | null;
  /** Skewness of its error: rare large losses make large changes by chance likelier. Left out: 0. */
  readonly lossSkewness?: number;
}

/** A feature with its place, 1 for the one to look at first. */
export interface RankedFeature extends DriftedFeature {
  readonly rank: number;
  /** effect · importance; the effect alone when no feature has an importance. */
  readonly score: number;
  /** Whether its change of the loss, up or down, cannot be chance. */
  readonly isBeyondChance: boolean;
  /** Share of the feature in all that the features explain of a higher loss for sure; null without any, and where its own part may be chance. */
  readonly shareOfDrop: number | null;
}

/**
 * Orders drifted features: the one whose shift costs most first, where that cannot be chance; then by effect times importance, then by name.
 *
 * A feature that drifts and does not matter comes last, where counting alerts puts it first. A feature without an importance is given the
 * mean of the known ones. Only rises of the loss have a share in the drop. Equal figures: by name in code-unit order, so that the order
 * never depends on that of the input. O(n log n).
 *
 * A change of the loss counts when it lies so many standard errors from 0 that, of all features that have one, any that does not matter gets there in
 * `LEAD_BY_CHANCE` of the samples at most (Bonferroni). The bound is the normal quantile with the first term of Cornish and Fisher for skewness, where that asks for more
 * (https://en.wikipedia.org/wiki/Cornish%E2%80%93Fisher_expansion): one wrong call more among twenty rows of a good model is no proof. A change without an error never counts.
 *
 * @example rankFeatures([{ name: 'a', effect: 0.1, importance: 1, lossChange: null }, { name: 'b', effect: 0.3, importance: 1, lossChange: null }])[0].name; // => 'b'
 */
export function rankFeatures(features: readonly DriftedFeature[]): RankedFeature[] {
  const known = features.flatMap(({ importance }) => (importance === null ? [] : [importance]));
  const usual = known.length === 0 ? 1 : known.reduce((sum, importance) => sum + importance, 0) / known.length;
  const judged = features.filter(({ lossChange }) => lossChange !== null).length;
  const told = features.map((feature) => ({ ...feature, isBeyondChance: isBeyondChance(feature, judged) }));
  const dropped = told.reduce((sum, each) => sum + (each.isBeyondChance ? Math.max(0, each.lossChange ?? 0) : 0), 0);
  return told
    .map((feature) => ({
      ...feature,
      score: feature.effect * (feature.importance ?? usual),
      shareOfDrop: feature.isBeyondChance && dropped > 0 ? Math.max(0, feature.lossChange ?? 0) / dropped : null,
    }))
    .sort((a, b) => (b.shareOfDrop ?? 0) - (a.shareOfDrop ?? 0) || b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((feature, index) => ({ ...feature, rank: index + 1 }));
}

function isBeyondChance({ lossChange, lossError = null, lossSkewness = 0 }: DriftedFeature, judged: number): boolean {
  if (lossChange === null || lossError === null || lossChange === 0) return false;
  const quantile = normalQuantile(1 - LEAD_BY_CHANCE / judged);
  const skewness = Math.max(0, Math.sign(lossChange) * lossSkewness);
  return Math.abs(lossChange) > lossError * (quantile + (skewness * (quantile ** 2 - 1)) / 6);
}
