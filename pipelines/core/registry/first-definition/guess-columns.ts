import { UserError } from '../../errors/user-error.ts';
import { type ForeignTimes, foreignTimes } from '../../profile/foreign-times.ts';
import type { ComparedColumn } from '../../signals/drift-sheet/compared-table.ts';
import { rankOfName } from './column-name.ts';
import { cellAt, filledShare, type LoggedTable, secondsOf, tellsRowsApart } from './logged-table.ts';

const FILLED = 0.99;
/** Times of something else than the prediction. */
const OTHER_TIMES = /label|outcome|arriv|resol|updat|modif|birth|dob|expir|due|clos|return|ingest|written|logged/;
const TIMES = [
  /^(ts|timestamp|(event|prediction|predicted|scored|request|inference)_?(ts|time|timestamp|date|at))$/,
  /^(time|datetime|date|date_time|day|time_stamp)$/,
  /(^|_)(ts|time|timestamp|date|datetime|at|on|day)$/,
  /time|date|epoch/,
];
const IDS = [
  /^(id|uuid|guid|row_id|rowid)$/,
  /^(prediction|request|event|record|row|order|booking|transaction|trip|case|session)_?(id|uuid|key|no|number)$/,
  /(^|_)(id|uuid|guid|key)$/,
  /(^|_)(no|number|index|code|ref)$/,
];
const LABELS = [
  /^(label|target|y_true|ground_truth|truth)$/,
  /^(y|class|outcome|actual|response|result)$/,
  /(^|_)(label|target|outcome)$/,
  /^(churn(ed)?|fraud|is_fraud|default(ed)?|converted|clicked|returned|cancel(l)?ed|is_cancel(l)?ed|survived|late)$/,
];

/** What was asked for, by name of the role; a role that is left out is guessed. */
export type AskedColumns = Readonly<Partial<Record<'id' | 'timestamp' | 'label' | 'labelId' | 'labelTimestamp', string>>>;

/** The column of event times, and why. Throws a UserError: COLUMN_UNKNOWN, TIME_COLUMN_UNKNOWN. */
export function guessTimestamp(table: LoggedTable, asked: string | undefined): { readonly name: string; readonly why: string } {
  if (asked !== undefined) {
    if (secondsOf(namedColumn(table, asked, '--timestamp')) !== null) return { name: asked, why: 'as asked' };
    const foreign = foreignTimesOf(table, asked);
    throw new UserError({
      code: 'TIME_COLUMN_UNKNOWN',
      message: `${asked} holds no times that Holdfast reads${foreign === null ? '' : `: ${foreign.seen}`}`,
      hint: foreign?.remedy ?? 'write them as ISO 8601 (2001-03-05T14:30:00Z) or as seconds since 1970',
    });
  }
  const times = Object.entries(table.columns).filter(
    ([name, column]) =>
      (column.kind === 'time' || rankOfName(name, TIMES) < TIMES.length) &&
      secondsOf(column) !== null &&
      filledShare(column, table.rows) >= FILLED,
  );
  const rank = (name: string) => rankOfName(name, TIMES) + (OTHER_TIMES.test(name.toLowerCase()) ? TIMES.length : 0);
  const best = firstBy(times, ([name]) => rank(name))?.[0];
  if (best === undefined) {
    const foreign = firstForeign(table);
    throw new UserError({
      code: 'TIME_COLUMN_UNKNOWN',
      message: `no column holds the time of each row (ISO 8601, or a number since 1970); ${foreign === null ? `there are ${namesOf(table)}` : `${foreign.name} holds ${foreign.seen}`}`,
      hint: foreign?.remedy ?? 'a log needs one: drift is a matter of time. Add a column such as ts, or name it with --timestamp',
    });
  }
  const others = times.flatMap(([name]) => (name === best ? [] : [name]));
  return { name: best, why: others.length === 0 ? 'the only column of times' : `guessed by its name; times too: ${others.join(', ')}` };
}

/** Values of a column that are looked at for dates. */
const LOOKED_AT = 5000;

/** What a column tells where it holds dates of a foreign spelling; numbers only where its name says so. */
function foreignTimesOf({ columns }: LoggedTable, name: string): ForeignTimes | null {
  const column = columns[name];
  if (column === undefined || column.kind === 'empty' || column.kind === 'time') return null;
  const step = Math.max(1, Math.floor(column.values.length / LOOKED_AT));
  const texts: string[] = [];
  for (let row = 0; row < column.values.length; row += step) {
    const value = cellAt(column, row);
    if (value !== null) texts.push(String(value));
  }
  return foreignTimes(name, texts);
}

function firstForeign(table: LoggedTable): (ForeignTimes & { readonly name: string }) | null {
  const names = Object.keys(table.columns).filter(
    (name) => table.columns[name]?.kind !== 'numeric' || rankOfName(name, TIMES) < TIMES.length,
  );
  const found = names.flatMap((name) => {
    const foreign = foreignTimesOf(table, name);
    return foreign === null ? [] : [{ name, ...foreign }];
  });
  return firstBy(found, ({ name }) => rankOfName(name, TIMES)) ?? null;
}

/**
 * The column that tells the rows apart: by name among those that hardly repeat, else any text that does not, else the time where it does not.
 * Throws a UserError: COLUMN_UNKNOWN, ID_COLUMN_UNKNOWN.
 */
export function guessId(
  table: LoggedTable,
  {
    asked,
    timestamp,
    others,
  }: { readonly asked: string | undefined; readonly timestamp: string | null; readonly others: readonly string[] },
): { readonly name: string; readonly why: string } {
  if (asked !== undefined) {
    namedColumn(table, asked, '--id');
    return { name: asked, why: 'as asked' };
  }
  const candidates = Object.entries(table.columns).filter(([name, column]) => {
    const isNamed = rankOfName(name, IDS) < IDS.length;
    const isWritten = !/\(column \d+\)$/.test(name) && name !== timestamp && !others.includes(name);
    return isWritten && (column.kind === 'categorical' || isNamed) && column.kind !== 'time' && tellsRowsApart(column, table.rows);
  });
  const best = firstBy(candidates, ([name]) => rankOfName(name, IDS))?.[0];
  if (best !== undefined) return { name: best, why: 'hardly a value occurs twice' };
  const time = timestamp === null ? undefined : table.columns[timestamp];
  if (timestamp !== null && time !== undefined && tellsRowsApart(time, table.rows))
    return { name: timestamp, why: 'no column of ids; no two rows have one time, which tells them apart' };
  throw new UserError({
    code: 'ID_COLUMN_UNKNOWN',
    message: `no column tells the rows apart; there are ${namesOf(table)}`,
    hint: 'labels and samples go by id: add a column of unique ids (the number of the row will do), or name one with --id',
  });
}

/** The column of labels among those that have no other role. Throws a UserError: COLUMN_UNKNOWN, LABEL_COLUMN_UNKNOWN. */
export function guessLabel(
  table: LoggedTable,
  { asked, taken }: { readonly asked: string | undefined; readonly taken: readonly string[] },
): { readonly name: string; readonly why: string } {
  if (asked !== undefined) {
    namedColumn(table, asked, '--label');
    return { name: asked, why: 'as asked' };
  }
  const free = Object.entries(table.columns).filter(([name, { kind }]) => !taken.includes(name) && kind !== 'time');
  const named = firstBy(
    free.filter(([name]) => rankOfName(name, LABELS) < LABELS.length),
    ([name]) => rankOfName(name, LABELS),
  )?.[0];
  if (named !== undefined) return { name: named, why: 'guessed by its name' };
  const [only] = free;
  if (only !== undefined && free.length === 1) return { name: only[0], why: 'the only column left' };
  throw new UserError({
    code: 'LABEL_COLUMN_UNKNOWN',
    message: `no column is called label, target, outcome or the like; there are ${namesOf(table)}`,
    hint: 'name the column of what really happened with --label; labels of a file of their own: --labels <file>',
  });
}

/** A column that a person named. Throws a UserError (COLUMN_UNKNOWN). */
export function namedColumn(table: LoggedTable, name: string, option: string): ComparedColumn {
  const column = table.columns[name];
  if (column !== undefined) return column;
  const near = Object.keys(table.columns).find((each) => each.trim().toLowerCase() === name.trim().toLowerCase());
  throw new UserError({
    code: 'COLUMN_UNKNOWN',
    message: `there is no column ${name} for ${option}; there are ${namesOf(table)}`,
    hint: near === undefined ? 'write the name as the file has it' : `write ${near}: upper and lower case are told apart`,
  });
}

function namesOf({ columns }: LoggedTable): string {
  return Object.keys(columns).join(', ');
}

function firstBy<Item>(items: readonly Item[], rank: (item: Item) => number): Item | undefined {
  let best: Item | undefined;
  for (const item of items) if (best === undefined || rank(item) < rank(best)) best = item;
  return best;
}
