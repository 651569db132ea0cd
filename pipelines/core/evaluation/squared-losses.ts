import type { Predictions } from '../schema/predictions.ts';
import type { Task } from '../schema/task.ts';

/**
 * The loss of each row that moves with every change of an answer, not only with calls that flip: squared error of the probability (multiclass: of the
 * confidence in the class that was called), absolute error of a predicted value. NaN where answer or label is missing. O(rows).
 *
 * @example squaredLosses('binary', Float64Array.of(1), { scores: Float64Array.of(0.5), predicted: Float64Array.of(NaN), probabilities: {} })[0]; // => 0.25
 */
export function squaredLosses(task: Task, labels: Float64Array, { scores, predicted }: Predictions): Float64Array {
  return labels.map((label, row) => {
    const score = scores[row] ?? Number.NaN;
    if (task === 'regression') return Math.abs(score - label);
    const called = predicted[row] ?? Number.NaN;
    if (task === 'multiclass') return Number.isNaN(label) || Number.isNaN(called) ? Number.NaN : (score - Number(called === label)) ** 2;
    return (score - label) ** 2;
  });
}
