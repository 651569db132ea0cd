import { UserError } from '../../errors/user-error.ts';
import { phraseQuantity, phraseVerb } from '../../schema/phrase-number.ts';
import type { Task } from '../../schema/task.ts';
import type { CellValue } from './logged-table.ts';

/** What the labels say: the task, and the texts of the classes. */
export type GuessedTask =
  | { readonly task: 'binary'; readonly positive: string; readonly negative: string; readonly why: string }
  | { readonly task: 'multiclass'; readonly classes: readonly string[]; readonly why: string }
  | { readonly task: 'regression'; readonly why: string };

export interface LabelsToRead {
  /** Name of the column, for messages. */
  readonly name: string;
  readonly values: readonly CellValue[];
  readonly asked: { readonly task?: Task; readonly positive?: string };
}

/** Whole numbers of more values than this count something. */
const MOST_NUMBERED_CLASSES = 10;
const MOST_CLASSES = 1000;
const ROWS_A_CLASS = 10;
const POSITIVE = /^(1|true|t|yes|y|pos|positive|bad|fraud|churn(ed)?|late|up|success|default|won|spam|malign(ant)?)$/i;

/**
 * The task that labels state: two values are binary, numbers of many values or with fractions a regression, other values that repeat a multiclass task. The positive
 * class is the one that is called so, else the larger number, else the rarer. Throws a UserError: LABELS_MISSING, LABELS_ONE_CLASS, LABELS_HARDLY_REPEAT,
 * LABELS_NOT_NUMBERS, POSITIVE_UNKNOWN. O(rows).
 */
export function guessTask({ name, values, asked }: LabelsToRead): GuessedTask {
  const counts = countValues(values);
  if (counts.size === 0) throw labelError('LABELS_MISSING', `no row has a value in ${name}`, 'name another column with --label');
  const isNumber = [...counts.keys()].every((value) => typeof value === 'number');
  const task = asked.task ?? (counts.size === 2 || asked.positive !== undefined ? 'binary' : countedTask(counts, isNumber));
  const forced = asked.task === undefined ? '' : 'as asked; ';
  if (task === 'regression') {
    if (!isNumber)
      throw labelError('LABELS_NOT_NUMBERS', `${name} holds values that are no numbers`, 'leave --task out, or correct the column');
    return { task, why: `${forced}${name} holds ${counts.size} different numbers` };
  }
  const only = [...counts.keys()][0];
  if (counts.size === 1)
    throw labelError(
      'LABELS_ONE_CLASS',
      `every label in ${name} is ${String(only)}`,
      'nothing can be learnt from one class: add rows of another',
    );
  if (task === 'binary') return { task, ...twoClasses(name, counts, asked.positive), why: `${forced}${name} holds two values` };
  if (counts.size > MOST_CLASSES || values.length < ROWS_A_CLASS * counts.size)
    throw labelError(
      'LABELS_HARDLY_REPEAT',
      `${name} holds ${counts.size} different values, too many to be classes`,
      isNumber ? 'numbers are predicted with --task regression' : 'name another column with --label',
    );
  const classes = [...counts.keys()].map(String).sort();
  return {
    task,
    classes,
    why: `${forced}${name} holds ${phraseQuantity(counts.size, 'value')} that ${phraseVerb(counts.size, 'repeats', 'repeat')}`,
  };
}

/** Rows of each value, values in order of their first row. */
export function countValues(values: readonly CellValue[]): Map<string | number, number> {
  const counts = new Map<string | number, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function countedTask(counts: ReadonlyMap<string | number, number>, isNumber: boolean): Task {
  if (!isNumber) return 'multiclass';
  const isWhole = [...counts.keys()].every(Number.isInteger);
  return isWhole && counts.size <= MOST_NUMBERED_CLASSES ? 'multiclass' : 'regression';
}

function twoClasses(name: string, counts: ReadonlyMap<string | number, number>, asked: string | undefined) {
  if (counts.size !== 2)
    throw labelError(
      'LABELS_NOT_TWO',
      `${name} holds ${counts.size} different values, a binary task has two`,
      'write --task multiclass or --task regression',
    );
  const values = [...counts.keys()];
  const byNumber = values.every((value) => typeof value === 'number') ? Math.max(...values.map(Number)) : null;
  const rarer = [...counts].sort(([a, m], [b, n]) => m - n || (String(a) < String(b) ? -1 : 1))[0]?.[0];
  const known = values.filter((value) => POSITIVE.test(String(value)));
  const positive = String(asked ?? byNumber ?? (known.length === 1 ? known[0] : rarer));
  const negative = values.map(String).find((value) => value !== positive) ?? '';
  if (values.map(String).includes(positive)) return { positive, negative };
  throw labelError(
    'POSITIVE_UNKNOWN',
    `no label in ${name} is ${positive}; there are ${values.join(' and ')}`,
    'write one of them after --positive',
  );
}

function labelError(code: string, message: string, hint: string): UserError {
  return new UserError({ code, message, hint });
}
