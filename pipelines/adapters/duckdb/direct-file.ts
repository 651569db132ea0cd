import { UserError } from '../../core/errors/user-error.ts';
import type { FoundFile } from './find-log-files.ts';
import type { LogField } from './log-fields.ts';
import type { LogFile } from './log-file.ts';
import { quoteName } from './quote.ts';
import { type Footer, type FooterColumn, NESTED } from './read-footers.ts';

/** 2100-01-01T00:00:00Z: an event after this is a broken clock, not a prediction. */
export const FUTURE_LIMIT = 4_102_444_800;

const INTEGER = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT)$/;
const NUMBER = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/;
const TIME = /^(TIMESTAMP( WITH TIME ZONE|_S|_MS|_NS)?|DATE)$/;

/** Throws a UserError when a required field has no column of its name. */
export function requireColumns(path: string, names: readonly string[], fields: readonly LogField[]): void {
  const present = new Set(names);
  for (const field of fields) {
    if (!field.required || present.has(field.source)) continue;
    const near = names.find((name) => name.trim().toLowerCase() === field.source.trim().toLowerCase());
    throw new UserError({
      code: 'LOG_COLUMN_MISSING',
      message: `${path} has no column named ${field.source}; it has ${names.join(', ')}.`,
      hint:
        near === undefined
          ? 'Correct the name in model.yml (columns, logs.columns, labels.columns), or what writes the log. A column that may be absent says required: false.'
          : `Write ${JSON.stringify(near)} in model.yml (columns, logs.columns, labels.columns): names are told apart by upper and lower case.`,
    });
  }
}

/**
 * A Parquet file that can be queried in place, by its footer: every field has a fitting type, and every row a plausible time. Null for a
 * file that must be staged first. Throws a UserError when a required column is missing.
 */
export function directFile(found: FoundFile, footer: Footer, fields: readonly LogField[]): LogFile | null {
  requireColumns(found.path, [...footer.columns.keys()], fields);
  const selected: string[] = [];
  const integers: Record<string, readonly [number, number]> = {};
  const complete: string[] = [];
  const constants: Record<string, string> = {};
  for (const field of fields) if (footer.columns.get(field.source)?.type === NESTED) throw nested(found.path, field);
  for (const field of fields) {
    if (field.source === '') {
      selected.push(`NULL::DOUBLE AS ${quoteName(field.as)}`);
      continue;
    }
    const column = footer.columns.get(field.source);
    if (column === undefined || !fits(field, column)) return null;
    selected.push(`${expressionOf(field, column)} AS ${quoteName(field.as)}`);
    const { type, minimum, maximum } = column;
    if (column.nulls === 0) complete.push(field.as);
    if (field.kind === 'text' && column.constant !== null) constants[field.as] = column.constant;
    if (field.kind === 'number' && INTEGER.test(type) && minimum !== null && maximum !== null) integers[field.as] = [minimum, maximum];
  }
  const time = fields.find((field) => field.as === 'ts');
  const range = time === undefined ? undefined : footer.columns.get(time.source);
  return {
    path: found.path,
    key: found.key,
    rows: footer.rows,
    first: range?.minimum ?? Number.NEGATIVE_INFINITY,
    last: range?.maximum ?? Number.POSITIVE_INFINITY,
    select: selected.join(', '),
    integers,
    complete,
    constants,
    problems: [],
  };
}

function nested(path: string, { source }: LogField): UserError {
  return new UserError({
    code: 'LOG_COLUMN_NESTED',
    message: `${path} holds lists or records in ${source}, not one value a row.`,
    hint: 'Write a column for each value that the model uses, or take the column out of model.yml.',
  });
}

function fits(field: LogField, column: FooterColumn): boolean {
  if (field.kind === 'text') return true;
  if (field.kind === 'number') return NUMBER.test(column.type);
  if (!TIME.test(column.type)) return false;
  // The event time orders and prunes everything, so a file with a row that has none is staged, where that row is counted.
  return field.as !== 'ts' || (column.nulls === 0 && column.minimum !== null && column.maximum !== null && column.maximum < FUTURE_LIMIT);
}

function expressionOf(field: LogField, column: FooterColumn): string {
  const name = quoteName(field.source);
  if (field.kind === 'number') return column.type.startsWith('DECIMAL') ? `${name}::DOUBLE` : name;
  // Labels are mostly 0 and 1: naming those spares turning each number into text.
  if (field.as === 'label' && INTEGER.test(column.type)) return `CASE ${name} WHEN 0 THEN '0' WHEN 1 THEN '1' ELSE ${name}::VARCHAR END`;
  if (field.kind === 'text') return column.type === 'VARCHAR' ? name : `${name}::VARCHAR`;
  if (column.type === 'TIMESTAMP') return name;
  return column.type === 'TIMESTAMP WITH TIME ZONE' ? `(${name} AT TIME ZONE 'UTC')` : `${name}::TIMESTAMP`;
}
