import type { ModelDefinition } from '../schema/model-definition.ts';
import type { RowTable } from '../schema/row-table.ts';

/**
 * How unsure the model was of each row, 0 to 1: binary: nearness of the score to the threshold of calls; multiclass: 1 − (largest − second largest probability) where probabilities are logged (margin sampling), else 1 − confidence.
 * NaN where the answer is missing, and everywhere for regression, whose answers do not say how sure they are.
 *
 * Uncertainty and margin sampling: Settles 2009, Active Learning Literature Survey, section 3.1 (https://burrsettles.com/pub/settles.activelearning.pdf).
 */
export function rowUncertainty({ task, businessValue }: ModelDefinition, table: RowTable): Float64Array {
  const { scores } = table;
  if (task === 'regression') return new Float64Array(scores.length).fill(Number.NaN);
  if (task === 'multiclass') {
    const classes = Object.values(table.probabilities);
    return classes.length < 2 ? scores.map((confidence) => 1 - confidence) : scores.map((_, row) => 1 - marginOf(classes, row));
  }
  const threshold = businessValue?.threshold ?? 0.5;
  return scores.map((score) => 1 - Math.abs(score - threshold) / (score >= threshold ? 1 - threshold : threshold));
}

function marginOf(classes: readonly Float64Array[], row: number): number {
  let [first, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const probabilities of classes) {
    const value = probabilities[row] ?? Number.NaN;
    if (Number.isNaN(value)) return Number.NaN;
    if (value > first) [first, second] = [value, first];
    else if (value > second) second = value;
  }
  return first - second;
}
