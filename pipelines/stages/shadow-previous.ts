import { UserError } from '../core/errors/user-error.ts';
import { compareWithPrevious, withoutComparison } from '../core/evaluation/compare-with-previous.ts';
import { selectRows } from '../core/evaluation/select-rows.ts';
import type { VersionName } from '../core/schema/identifiers.ts';
import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { Predictions } from '../core/schema/predictions.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { ShadowComparison } from '../core/schema/shadow-comparison.ts';
import type { Window } from '../core/schema/window.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';
import type { LoadShadow } from './load-shadow.ts';

export interface ShadowTask {
  readonly definition: ModelDefinition;
  readonly log: PredictionLog;
  readonly champion: VersionName;
  readonly previous: VersionName;
  readonly range: Window;
  readonly asOf: Instant;
  readonly load: LoadShadow;
}

/**
 * Scores a sample (`monitoring.sampleRows`, by hash of id) of the labelled rows that the champion scored in production with the previous
 * version too. The champion's figures are its logged scores: what it did, not what it should have done. That no comparison can be made, for
 * want of rows or of the version's bytes, is an outcome, not an error.
 */
export async function shadowPrevious(task: ShadowTask): Promise<ShadowComparison> {
  const { definition, log, champion, previous, range, asOf } = task;
  const { minimumLabels, sampleRows } = definition.monitoring;
  const sample = await log.rows({ range, asOf, limit: sampleRows, labelledOnly: true });
  const rows = selectRows(sample, championRows(sample, champion));
  const count = rows.ids.length;
  if (count < minimumLabels) {
    return withoutComparison(
      definition,
      previous,
      `${count} of ${sample.ids.length} sampled rows were scored by ${champion}, ${minimumLabels} are needed`,
    );
  }
  const previousAnswers = await answersOf(task, rows);
  if (typeof previousAnswers === 'string') return withoutComparison(definition, previous, previousAnswers);
  const { timestamps, labels, scores, predicted } = rows;
  return compareWithPrevious({ definition, previous, timestamps, labels, championAnswers: { scores, predicted }, previousAnswers });
}

/** Rows without a version count as the champion's, as everywhere. */
function championRows(rows: RowTable, champion: VersionName): number[] {
  return rows.ids.flatMap((_, row) => {
    const by = rows.versions[row] ?? champion;
    return by === champion && Number.isFinite(rows.scores[row]) ? [row] : [];
  });
}

/** What the previous version answers, or why it does not. */
async function answersOf({ load, previous }: ShadowTask, rows: RowTable): Promise<Predictions | string> {
  try {
    const predictor = await load(previous);
    try {
      return await predictor.predict(rows);
    } finally {
      predictor.dispose();
    }
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
