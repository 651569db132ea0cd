import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Task } from '../../core/schema/task.ts';
import { quoteText } from './quote.ts';

/** Rows whose score is missing, or a probability (of a regression: any finite number), in SQL. */
export function soundScore(task: Task): string {
  return task === 'regression' ? '(score IS NULL OR isfinite(score::DOUBLE))' : '(score IS NULL OR (score >= 0 AND score <= 1))';
}

/** Rows whose called class is missing or one of `labels.classes`, in SQL; all rows where no class is logged. */
export function soundCall({ logs, labels }: ModelDefinition): string {
  if (logs.columns.prediction === undefined) return 'true';
  return `(coalesce(prediction, '') IN (${['', ...(labels.classes ?? [])].map(quoteText).join(', ')}))`;
}

/** Rows whose prediction can be used or is missing, in SQL. */
export function soundPrediction(definition: ModelDefinition): string {
  return `(${soundScore(definition.task)} AND ${soundCall(definition)})`;
}
