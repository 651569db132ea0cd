/** What is known of one feature that drifted. */
export interface DriftedFeature {
  readonly name: string;
  /** Size of the drift, on one scale for all features (for instance Jensen-Shannon distance). */
  readonly effect: number;
  /** How much the model depends on the feature, on one scale for all; null when nobody measured it. */
  readonly importance: number | null;
  /** How much of the change of the mean loss the feature's shift explains; null when it is not known. */
  readonly lossChange: number | null;
}

/** A feature with its place, 1 for the one to look at first. */
export interface RankedFeature extends DriftedFeature {
  readonly rank: number;
  /** effect · importance; the effect alone when no feature has an importance. */
  readonly score: number;
  /** Share of the feature in all that the features explain of a higher loss; null without any. */
  readonly shareOfDrop: number | null;
}

/**
 * Orders drifted features: the one whose shift costs most first, then by effect times importance, then by name.
 *
 * A feature that drifts and does not matter comes last, where counting alerts puts it first. A feature without an importance is given the
 * mean of the known ones. Only rises of the loss have a share in the drop. Equal figures: by name in code-unit order, so that the order
 * never depends on that of the input. O(n log n).
 *
 * @example rankFeatures([{ name: 'a', effect: 0.1, importance: 1, lossChange: null }, { name: 'b', effect: 0.3, importance: 1, lossChange: null }])[0].name; // => 'b'
 */
export function rankFeatures(features: readonly DriftedFeature[]): RankedFeature[] {
  const known = features.flatMap(({ importance }) => (importance === null ? [] : [importance]));
  const usual = known.length === 0 ? 1 : known.reduce((sum, importance) => sum + importance, 0) / known.length;
  const dropped = features.reduce((sum, { lossChange }) => sum + Math.max(0, lossChange ?? 0), 0);
  return features
    .map((feature) => ({
      ...feature,
      score: feature.effect * (feature.importance ?? usual),
      shareOfDrop: feature.lossChange === null || dropped === 0 ? null : Math.max(0, feature.lossChange) / dropped,
    }))
    .sort((a, b) => (b.shareOfDrop ?? 0) - (a.shareOfDrop ?? 0) || b.score - a.score || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((feature, index) => ({ ...feature, rank: index + 1 }));
}
