import type { Predictions } from '../../pipelines/core/schema/predictions.ts';

/** What a binary model says, from its scores. */
export function probabilitiesOf(scores: Float64Array): Predictions {
  return { scores, predicted: new Float64Array(scores.length).fill(Number.NaN), probabilities: {} };
}
