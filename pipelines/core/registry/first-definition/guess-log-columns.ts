import type { ComparedColumn } from '../../signals/drift-sheet/compared-table.ts';
import { plainName } from './column-name.ts';
import { namedColumn } from './guess-columns.ts';
import type { GuessedTask } from './guess-task.ts';
import { type CellValue, cellAt, distinctValues, type LoggedTable } from './logged-table.ts';

/** What a log tells beside what the model was asked, by the names that `logs.columns` has for it. */
export interface LogColumns {
  readonly score?: string;
  readonly prediction?: string;
  readonly probabilities?: Readonly<Record<string, string>>;
  readonly modelVersion?: string;
  readonly latencyMs?: string;
  readonly error?: string;
  readonly arrivedAt?: string;
}

const SCORES =
  /^(score|prob|proba|probability|p_?hat|confidence|y_?(score|prob|proba)|(model|prediction|predicted|pred)_(score|prob|proba|probability))$/;
const NUMBERS = /^(prediction|predicted|pred|y_?(pred|hat)|forecast|estimate|score|model_(prediction|output)|predicted_value)$/;
const CALLED = /^(prediction|predicted|pred|y_?(pred|hat)|predicted_(class|label)|prediction_(class|label)|model_(prediction|output))$/;
const VERSION = /^(model_?version|version|model_?id|model)$/;
const LATENCY = /^(latency|latency_ms|(duration|elapsed|inference|response)(_time)?_ms|response_time)$/;
const FAILURE = /^(error|is_error|has_error|failed|is_failed|error_(message|code|type)|exception)$/;
const ARRIVAL = /^(arriv\w*|ingested|logged|written|received)(_(at|time|ts|on))?$/;
const MOST_VERSIONS = 100;

/** Where a log holds scores, answers, versions, latencies, failures and arrivals: by name, and only where the values fit the task. `asked` goes before. */
export function guessLogColumns(
  table: LoggedTable,
  { task, taken, asked }: { readonly task: GuessedTask; readonly taken: readonly string[]; readonly asked: LogColumns },
): LogColumns {
  for (const [option, name] of [
    ['--score', asked.score],
    ['--prediction', asked.prediction],
  ] as const)
    if (name !== undefined) namedColumn(table, name, option);
  const find = (pattern: RegExp, fits: (column: ComparedColumn) => boolean) =>
    Object.entries(table.columns).find(([name, column]) => !taken.includes(name) && pattern.test(plainName(name)) && fits(column))?.[0];
  const found = {
    ...answers(table, { task, asked, find }),
    modelVersion: find(
      VERSION,
      (column) => column.kind !== 'time' && column.kind !== 'empty' && distinctValues(column, table.rows, MOST_VERSIONS) < MOST_VERSIONS,
    ),
    latencyMs: find(LATENCY, ({ kind }) => kind === 'numeric'),
    error: find(FAILURE, isFailure),
    arrivedAt: find(ARRIVAL, ({ kind }) => kind === 'time'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, name]) => name !== undefined));
}

interface Search {
  readonly task: GuessedTask;
  readonly asked: LogColumns;
  readonly find: (pattern: RegExp, fits: (column: ComparedColumn) => boolean) => string | undefined;
}

function answers(table: LoggedTable, { task, asked, find }: Search): LogColumns {
  if (task.task === 'regression') {
    const score = asked.score ?? find(NUMBERS, ({ kind }) => kind === 'numeric');
    return score === undefined ? {} : { score };
  }
  const score = asked.score ?? find(SCORES, isShare);
  if (score === undefined || task.task === 'binary') return score === undefined ? {} : { score };
  const isCalled = (column: ComparedColumn) => holdsOnly(column, table.rows, task.classes);
  const prediction = asked.prediction ?? find(CALLED, isCalled);
  // A confidence without the class that it speaks of says nothing.
  if (prediction === undefined) return {};
  const probabilities = probabilitiesOf(table, task.classes);
  return { score, prediction, ...(probabilities === null ? {} : { probabilities }) };
}

/** A text, or a flag of 0 and 1. */
function isFailure(column: ComparedColumn): boolean {
  return column.kind !== 'numeric' || column.values.every((value) => Number.isNaN(value) || value === 0 || value === 1);
}

function isShare(column: ComparedColumn): boolean {
  return column.kind === 'numeric' && column.values.every((value) => Number.isNaN(value) || (value >= 0 && value <= 1));
}

function holdsOnly(column: ComparedColumn, rows: number, classes: readonly string[]): boolean {
  const known = new Set<CellValue>(classes);
  for (let row = 0; row < rows; row += 1) {
    const value = cellAt(column, row);
    if (value !== null && !known.has(String(value))) return false;
  }
  return column.kind !== 'empty';
}

function probabilitiesOf({ columns }: LoggedTable, classes: readonly string[]): Readonly<Record<string, string>> | null {
  const byName = new Map(Object.keys(columns).map((name) => [plainName(name), name]));
  const found = classes.flatMap((each) => {
    const name = ['p', 'prob', 'proba', 'probability']
      .map((start) => byName.get(`${start}_${plainName(each)}`))
      .find((known) => known !== undefined);
    return name === undefined ? [] : [[each, name] as const];
  });
  return found.length === classes.length ? Object.fromEntries(found) : null;
}
