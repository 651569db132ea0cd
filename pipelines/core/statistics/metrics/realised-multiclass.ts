import { type MulticlassMetric, multiclassMetrics } from './multiclass-metrics.ts';
import type { RealisedMetric } from './realised-classification.ts';

/** Labelled predictions over K classes: score of each class per row, called class and actual class (0 … K − 1). */
export interface LabelledClasses {
  readonly scores: readonly Float64Array[];
  readonly called: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

/**
 * Exact metrics of labelled rows over several classes (see `multiclassMetrics`), with standard errors by the delta method: √Σ influence² over rows.
 *
 * The confusion matrix itself is `confusionMatrix` of the same rows. Assumes independent rows. O(K · n log n + K · n).
 */
export function realisedMulticlass(
  { scores, called, labels }: LabelledClasses,
  worth?: readonly (readonly number[])[],
): RealisedMetric<MulticlassMetric>[] {
  const belongs = oneHot(labels, scores.length);
  return multiclassMetrics({ scores, called, belongs }, worth).map(({ metric, value, influence, why }) => {
    if (value === null) return { metric, value, standardError: null, why };
    let squares = 0;
    for (let row = 0; row < labels.length; row += 1) squares += influence(row, labels[row] ?? 0) ** 2;
    return { metric, value, standardError: Math.sqrt(squares), why };
  });
}

/** Labels as shares: 1 for the actual class, else 0. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float64Array[] {
  return Array.from({ length: classes }, (_, k) => Float64Array.from(labels, (label) => Number(label === k)));
}
