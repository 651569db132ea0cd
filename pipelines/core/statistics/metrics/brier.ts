/**
 * Mean squared distance between probability and label: 0 is perfect, a constant 0.5 gives 0.25. Rewards ranking and calibration together.
 *
 * Brier 1950, "Verification of forecasts expressed in terms of probability" (https://scikit-learn.org/stable/modules/model_evaluation.html#brier-score-loss).
 * Small at rare positives whatever the model: compare with a baseline on the same rows. O(n). NaN when there are no rows.
 *
 * @example brier(Float64Array.of(0.9, 0.2), Float64Array.of(1, 0)); // => 0.025
 */
export function brier(scores: Float64Array, labels: Float64Array): number {
  const losses = squaredErrors(scores, labels);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The squared error of each row, in order. */
export function squaredErrors(scores: Float64Array, labels: Float64Array): Float64Array {
  return scores.map((score, row) => (score - (labels[row] ?? 0)) ** 2);
}
