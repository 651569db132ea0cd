import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import { type LogFile, relationOf } from './log-file.ts';

/** Label files of several annotators, and which of their rows are wanted. */
export interface OpinionRequest {
  readonly files: readonly LogFile[];
  /** WHERE clause over `ts`, or nothing. */
  readonly condition: string;
  readonly definition: ModelDefinition;
  /** The label as a number, in SQL over the column `label`. */
  readonly value: string;
}

/**
 * The last label of each annotator for each id, in SQL: id, annotator, y, arrived, first (their first label for it), changed (whether they labelled it otherwise before), place (in the files) and problem (why a row is set aside, or NULL). An annotator corrects themselves, never
 * another.
 */
export function labelOpinions({ files, condition, definition, value }: OpinionRequest): string {
  const arrived = definition.labels.columns.timestamp === undefined ? 'NULL::TIMESTAMP' : 'ts';
  const each = 'PARTITION BY id, annotator, problem IS NULL';
  const rows = `SELECT id, COALESCE(annotator, '') AS annotator, ${value} AS y, ${arrived} AS arrived, file_name, file_row,
CASE WHEN id IS NULL OR id = '' THEN 'missing-id' WHEN y IS NULL THEN 'bad-label' END AS problem FROM ${relationOf(files, true)} ${condition}`;
  return `(SELECT id, annotator, y, arrived, first, changed, problem, {'file': file_name, 'row': file_row} AS place FROM (SELECT *,
row_number() OVER (${each} ORDER BY arrived DESC, file_name DESC, file_row DESC) AS turn,
min(arrived) OVER (${each}) AS first, min(y) OVER (${each}) <> max(y) OVER (${each}) AS changed FROM (${rows})) WHERE problem IS NOT NULL OR turn = 1)`;
}

/**
 * One label an id from the opinions on it, in SQL: id, y, arrived, first, corrected. The most frequent label counts, of equally frequent ones that which came last (by time, then by its place in the files: any order of the classes would favour one); of numbers the median. A label has arrived when its newest opinion has, and is
 * corrected when an annotator changed theirs.
 */
export function consensusOf(opinions: string, { task }: Pick<ModelDefinition, 'task'>): string {
  const sound = `(SELECT * FROM ${opinions} WHERE problem IS NULL)`;
  if (task === 'regression') {
    return `(SELECT id, median(y) AS y, max(arrived) AS arrived, min(first) AS first, bool_or(changed) AS corrected FROM ${sound} GROUP BY id)`;
  }
  const votes = `SELECT id, y, count(*) AS n, max(arrived) AS newest, max(place) AS place, min(first) AS oldest, bool_or(changed) AS changed FROM ${sound} GROUP BY id, y`;
  return `(SELECT id, y, arrived, first, corrected FROM (SELECT id, y, max(newest) OVER (PARTITION BY id) AS arrived, min(oldest) OVER (PARTITION BY id) AS first,
bool_or(changed) OVER (PARTITION BY id) AS corrected, row_number() OVER (PARTITION BY id ORDER BY n DESC, newest DESC NULLS LAST, place DESC) AS turn FROM (${votes})) WHERE turn = 1)`;
}
