/**
 * Average precision: the mean precision over the recall gained, going down the scores; the area under the precision-recall steps.
 *
 * Formula: Σ (Rₙ − Rₙ₋₁) · Pₙ over the distinct scores from the highest down, so equal scores count together and no order among ties matters
 * (https://scikit-learn.org/stable/modules/generated/sklearn.metrics.average_precision_score.html). A label may be a probability between 0 and 1: the
 * row then counts as that share of a positive, which gives the expected value to first order. Rows whose label is NaN are left out. A
 * worthless ranking gets the share of positives, not 0.5. null without a positive. O(n log n).
 *
 * @example averagePrecision(Float64Array.of(0.1, 0.4, 0.35, 0.8), Float64Array.of(0, 0, 1, 1)); // => 0.8333333333333333
 */
export function averagePrecision(scores: Float64Array, labels: Float64Array): number | null {
  const order = Uint32Array.from(scores, (_, row) => row).filter((row) => !Number.isNaN(labels[row] ?? Number.NaN));
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let area = 0;
  let hits = 0;
  let counted = 0;
  for (const [place, row] of order.entries()) {
    hits += labels[row] ?? 0;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[row]) continue;
    area += (hits - counted) * (hits / (place + 1));
    counted = hits;
  }
  return hits > 0 ? area / hits : null;
}
