import { UserError } from '../core/errors/user-error.ts';
import { labelledPositions, selectRows } from '../core/evaluation/select-rows.ts';
import { fewerRows } from '../core/profile/sample-table.ts';
import { SECOND_ROWS } from '../core/profile/second-estimate.ts';
import type { Predictions } from '../core/schema/predictions.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { LoadServing } from './check-serving.ts';
import type { SampledModel } from './read-sample.ts';

/** The rows of the reference whose labels are in, and what the version that serves answers for them. */
export interface JudgedReference {
  readonly rows: RowTable;
  readonly answers: Predictions;
}

export interface ServedModel extends SampledModel {
  /** Loads the version that serves: rows of its reference may carry the answers of its predecessor. Left out: those rows are not used then. */
  readonly serving?: LoadServing;
}

/** At most 5,000 labelled rows, answered by the version that serves unless it logged them itself. A text says why there are none. */
async function judgedReference({ reference, serving }: ServedModel, before: RowTable): Promise<JudgedReference | string> {
  const rows = selectRows(before, fewerRows(before, labelledPositions(before), SECOND_ROWS));
  if (rows.versions.every((version) => version === reference.version)) return { rows, answers: rows };
  if (serving === undefined)
    return `rows of the reference carry scores of other versions than ${reference.version}, which could not be asked.`;
  try {
    const { predictor } = await serving(reference.version);
    try {
      return { rows, answers: await predictor.predict(rows) };
    } finally {
      predictor.dispose();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `rows of the reference carry scores of other versions than ${reference.version}, whose files cannot be read.`;
  }
}

/** Gives the judged reference, from the sample that the run draws of it; all who ask in one run share the answer. */
export type ReferenceJudge = (before: RowTable) => Promise<JudgedReference | string>;

export function referenceJudge(task: ServedModel): ReferenceJudge {
  let judged: Promise<JudgedReference | string> | null = null;
  return (before) => {
    judged ??= judgedReference(task, before);
    return judged;
  };
}
