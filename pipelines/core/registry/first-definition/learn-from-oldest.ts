import type { Task } from '../../schema/task.ts';
import { countValues } from './guess-task.ts';
import type { CellValue, LoggedTable } from './logged-table.ts';
import { roundDown } from './round-figures.ts';
import { classesTold, errorLeft } from './told-by-column.ts';

/** Enough to tell. */
const ROWS = 20_000;
/** Share of the wrong guesses that one column may save before it is suspected of knowing the label. */
const SUSPICIOUS = 0.98;
const TOLERATED_SHARE = 0.1;

export interface OldestRows {
  readonly table: LoggedTable;
  readonly features: readonly string[];
  /** Places of the rows that train version 1, oldest first. */
  readonly rows: readonly number[];
  /** By place. */
  readonly labels: readonly CellValue[];
  readonly task: Task;
}

/** A figure and the reason for it. */
interface Reasoned {
  readonly value: number;
  readonly why: string;
}

/** What is learnt from labels of the oldest rows alone. */
export interface LearntFromOldest {
  readonly toleratedDrop: Reasoned;
  /** What a model that knows nothing reaches. */
  readonly target: Reasoned;
  /** Features that alone tell nearly every label, with the reason to doubt them. */
  readonly suspects: Readonly<Record<string, string>>;
}

/**
 * The tolerated drop, the first target and columns that know the label, from the rows that train version 1 (at most 20,000, evenly): a setting learnt from later labels would
 * make a replay look better than the policy is. O(features · rows · log(rows)).
 */
export function learnFromOldest({ table, features, rows, labels, task }: OldestRows): LearntFromOldest {
  const step = Math.max(1, Math.ceil(rows.length / ROWS));
  const chosen = rows.filter((_, place) => place % step === 0);
  const columns = features.flatMap((name) => {
    const column = table.columns[name];
    return column === undefined || column.kind === 'text' || column.kind === 'empty' ? [] : [{ name, column }];
  });
  if (task === 'regression') return ofNumbers(columns, { rows: chosen, labels });
  const told = columns.map(({ name, column }) => ({ name, share: classesTold({ column, rows: chosen, labels }) ?? 0 }));
  const suspects = told.filter(({ share }) => share >= SUSPICIOUS).map(({ name }) => [name, DOUBT] as const);
  const toleratedDrop = { value: 0.02, why: 'two points: what an owner usually still accepts. State what hurts' };
  return { toleratedDrop, target: knowingNothing(chosen, { labels, task }), suspects: Object.fromEntries(suspects) };
}

const DOUBT = 'it alone tells nearly every label: is it known when the model answers? If not: role: ignored';

function knowingNothing(rows: readonly number[], { labels, task }: Pick<OldestRows, 'labels' | 'task'>): Reasoned {
  if (task === 'binary') return { value: 0.5, why: 'the AUC of a model that knows nothing' };
  const counts = [...countValues(rows.map((row) => labels[row] ?? null)).values()];
  const share = Math.max(0, ...counts) / Math.max(1, rows.length);
  return { value: Number(share.toFixed(2)), why: 'what always calling the most frequent class reached in the oldest rows' };
}

function ofNumbers(
  columns: readonly { readonly name: string; readonly column: LoggedTable['columns'][string] }[],
  { rows, labels }: Pick<OldestRows, 'rows' | 'labels'>,
): LearntFromOldest {
  const nothing = errorLeft({ column: { kind: 'empty', rows: 0 }, rows, labels }) ?? 0;
  const left = columns.map(({ name, column }) => ({ name, error: errorLeft({ column, rows, labels }) ?? nothing }));
  const best = left.reduce((least, { error }) => (error < least ? error : least), nothing);
  const suspects = left.filter(({ error }) => nothing > 0 && error <= (1 - SUSPICIOUS) * nothing).map(({ name }) => [name, DOUBT] as const);
  const usual = best > 0 ? best : Math.max(nothing, 1);
  return {
    toleratedDrop: {
      value: roundDown(TOLERATED_SHARE * usual),
      why: `a tenth of the error that the best single column leaves in the oldest rows (${roundDown(usual)}). State what hurts`,
    },
    target: { value: roundDown(nothing > 0 ? nothing : 1), why: 'the error of always answering the median of the oldest rows' },
    suspects: Object.fromEntries(suspects),
  };
}
