import { UserError } from '../../core/errors/user-error.ts';
import type { LabelSource } from '../../core/schema/log-source.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Task } from '../../core/schema/task.ts';
import type { Engine } from './engine.ts';
import { quoteText } from './quote.ts';

/** So many labels without one known value are a wrong definition, not bad labels. */
export const WRONG_VALUES = 10;
const SEVERAL = 3;

/**
 * Binary: 1 for the positive label, 0 for the negative. Multiclass: place in `labels.classes`. Regression: the number. NULL for anything else, in SQL.
 * A label is also known by other spellings of the same value: 1.0 for 1, and of two classes true for 1 and False for false.
 */
export function labelValue(column: string, { task, labels }: ModelDefinition): string {
  if (task === 'regression') return `CASE WHEN isfinite(TRY_CAST(${column} AS DOUBLE)) THEN TRY_CAST(${column} AS DOUBLE) END`;
  if (task === 'multiclass') return labelledPlace(column, labels.classes ?? []);
  const { positive = '', negative = '' } = labels;
  return `CASE ${column} WHEN ${quoteText(positive)} THEN 1::TINYINT WHEN ${quoteText(negative)} THEN 0::TINYINT ELSE ${respelt(column, positive, negative)} END`;
}

/** Place of a class among all, NULL for none of them, in SQL. */
export function classPlace(column: string, classes: readonly string[]): string {
  return `(list_position([${classes.map(quoteText).join(', ')}]::VARCHAR[], ${column}) - 1)::SMALLINT`;
}

/** Place of the class that a label names; classes that are all numbers are also known as 2.0 for 2, which writers make of whole numbers with gaps. */
function labelledPlace(column: string, classes: readonly string[]): string {
  const numbers = classes.map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  if (!numbers.every(Number.isFinite) || new Set(numbers).size < numbers.length) return classPlace(column, classes);
  const byNumber = `(list_position([${numbers.join(', ')}]::DOUBLE[], TRY_CAST(${column} AS DOUBLE)) - 1)::SMALLINT`;
  return `coalesce(${classPlace(column, classes)}, ${byNumber})`;
}

const TRUTH: Readonly<Record<string, number>> = { true: 1, false: 0 };

/** Labels that are numbers or truth values are compared as numbers, however a writer spells them; others as they are written. */
function respelt(column: string, positive: string, negative: string): string {
  const [yes, no] = [positive, negative].map((text) => TRUTH[text.toLowerCase()] ?? (text.trim() === '' ? Number.NaN : Number(text)));
  if (yes === undefined || no === undefined || !Number.isFinite(yes) || !Number.isFinite(no) || yes === no) return 'NULL';
  const truth = Math.min(yes, no) === 0 && Math.max(yes, no) === 1;
  const word = truth ? `CASE lower(trim(${column})) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END` : 'NULL';
  return `CASE coalesce(TRY_CAST(${column} AS DOUBLE), ${word}) WHEN ${yes} THEN 1::TINYINT WHEN ${no} THEN 0::TINYINT END`;
}

const EXPECTED: Readonly<Record<Task, (labels: LabelSource) => string>> = {
  binary: ({ positive, negative }) => `${positive} or ${negative}`,
  multiclass: ({ classes }) => `one of the ${classes?.length} classes`,
  regression: () => 'a number',
};
const HINTS: Readonly<Record<Task, string>> = {
  binary: 'Write the values that the labels really have into labels.positive and labels.negative of model.yml.',
  multiclass: 'Write the values that the labels really have into labels.classes of model.yml.',
  regression: 'Name the column that holds the true value in labels.columns.label of model.yml.',
};

/** Throws a UserError (LABEL_VALUES_UNKNOWN) that tells the most frequent texts of the column `label` of a relation, none of which is known. */
export async function refuseLabels(engine: Engine, from: string, { task, labels }: ModelDefinition): Promise<void> {
  const table = await engine.query(`SELECT label FROM ${from} GROUP BY label ORDER BY count(*) DESC, label LIMIT ${SEVERAL}`);
  const found = `found: ${table.texts('label').join(', ')}.`;
  throw new UserError({
    code: 'LABEL_VALUES_UNKNOWN',
    message: `No label under ${labels.path} is ${EXPECTED[task](labels)}; ${found}`,
    hint: HINTS[task],
  });
}
