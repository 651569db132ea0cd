const SMALLEST = 1e-15;

/**
 * How surprised a model is by what happened: −ln of the probability that it gave to each actual label. 0 is perfect; a constant 0.5 gives 0.693.
 *
 * Loss of one row: −ln p for label 1, −ln(1 − p) for label 0, p clipped to [1e-15, 1 − 1e-15] so that one sure mistake stays finite
 * (scikit-learn's `log_loss` clips at the machine epsilon: https://scikit-learn.org/stable/modules/model_evaluation.html#log-loss).
 * Needs probabilities, not mere ranks. O(n). NaN when there are no rows.
 *
 * @example logLoss(Float64Array.of(0.9, 0.1), Float64Array.of(1, 0)); // => 0.10536051565782628
 */
export function logLoss(scores: Float64Array, labels: Float64Array): number {
  const losses = logLosses(scores, labels);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The loss of each row, in order. */
export function logLosses(scores: Float64Array, labels: Float64Array): Float64Array {
  return scores.map((score, row) => {
    const given = labels[row] === 1 ? score : 1 - score;
    return -Math.log(Math.min(1 - SMALLEST, Math.max(SMALLEST, given)));
  });
}
