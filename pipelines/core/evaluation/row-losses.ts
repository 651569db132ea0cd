import type { RowLoss } from '../schema/group-report.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/** What a model answered to some rows: see RowTable for the meaning by task. `predicted` is read for multiclass models only. */
export interface Answers {
  readonly scores: Float64Array;
  readonly predicted?: Float64Array | undefined;
}

/** How the errors of this model's rows are counted. */
export function lossOf({ task }: Pick<ModelDefinition, 'task'>): RowLoss {
  return task === 'regression' ? 'absolute error' : 'wrong calls';
}

/**
 * The loss of each row: 1 for a wrong call and 0 for a right one (binary: called at businessValue.threshold, else at 0.5), or the absolute error of a predicted value. NaN
 * where answer or label is missing.
 */
export function rowLosses(
  definition: Pick<ModelDefinition, 'task' | 'businessValue'>,
  labels: Float64Array,
  answers: Answers,
): Float64Array {
  const { scores, predicted } = answers;
  const isKnown = (row: number, answer: number) => !Number.isNaN(answer) && !Number.isNaN(labels[row] ?? Number.NaN);
  switch (definition.task) {
    case 'binary': {
      const threshold = definition.businessValue?.threshold ?? 0.5;
      return labels.map((label, row) => {
        const score = scores[row] ?? Number.NaN;
        return isKnown(row, score) ? Number(score >= threshold !== (label === 1)) : Number.NaN;
      });
    }
    case 'multiclass':
      return labels.map((label, row) => {
        const called = predicted?.[row] ?? Number.NaN;
        return isKnown(row, called) ? Number(called !== label) : Number.NaN;
      });
    case 'regression':
      return labels.map((label, row) => Math.abs((scores[row] ?? Number.NaN) - label));
  }
}
