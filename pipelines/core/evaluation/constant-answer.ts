import type { Task } from '../schema/task.ts';

/** What is answered to every row. */
export interface ConstantAnswer {
  readonly score: number;
  /** Multiclass: place of the called class; NaN for other tasks. */
  readonly predicted: number;
}

/**
 * The best answer that looks at no column, learnt from labels as a RowTable of the task holds them: the share of positives, the most frequent class (the first
 * of equals) with its share, or the mean. It is what a model must beat. Without rows: as if every answer were as good.
 */
export function constantAnswer(task: Task, labels: Float64Array): ConstantAnswer {
  const rows = labels.length;
  if (task === 'multiclass') return mostFrequent(labels);
  const sum = labels.reduce((total, label) => total + label, 0);
  const score = rows === 0 ? (task === 'binary' ? 0.5 : 0) : sum / rows;
  return { score, predicted: Number.NaN };
}

function mostFrequent(labels: Float64Array): ConstantAnswer {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [first] = [...counts].sort(([a, more], [b, less]) => less - more || a - b);
  const [predicted, count] = first ?? [0, 0];
  return { score: labels.length === 0 ? 0 : count / labels.length, predicted };
}
