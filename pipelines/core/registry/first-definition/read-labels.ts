import { UserError } from '../../errors/user-error.ts';
import { plainName } from './column-name.ts';
import { type AskedColumns, guessId, guessLabel, guessTimestamp, namedColumn } from './guess-columns.ts';
import { type CellValue, cellAt, type LoggedTable, secondsOf } from './logged-table.ts';

/** The labels of a log, by row of the log, and where they were found. */
export interface ReadLabels {
  /** Null where no label is in. */
  readonly values: readonly CellValue[];
  /** Seconds from a prediction to its label, of rows that have both; null when nothing tells. */
  readonly lags: Float64Array | null;
  readonly columns: { readonly id: string; readonly label: string; readonly timestamp?: string; readonly annotator?: string };
  readonly why: string;
}

/** A log with its event times, and the file of labels where they do not lie in the log. */
export interface LogWithLabels {
  readonly log: LoggedTable;
  readonly seconds: Float64Array;
  readonly timestamp: string;
  readonly id: string;
  readonly labels: LoggedTable | null;
  readonly asked: AskedColumns;
}

const LABEL_TIME = /^(label|labell?ed|outcome|target|resolved|resolution|ground_?truth)_?(ts|time|timestamp|at|date|on)?$/;
const ANNOTATOR = /^(annotator|labell?er|rater|reviewer|labell?ed_by|annotated_by)(_id)?$/;

/** Finds the labels in the log itself, or in a file of their own, joined by id. Throws what `guessLabel` and `guessId` throw, and LABELS_UNMATCHED. O(rows). */
export function readLabels(given: LogWithLabels): ReadLabels {
  return given.labels === null ? inlineLabels(given) : joinedLabels(given, given.labels);
}

function inlineLabels({ log, seconds, timestamp, id, asked }: LogWithLabels): ReadLabels {
  const guessed = guessLabel(log, { asked: asked.label, taken: [timestamp, id] });
  const column = namedColumn(log, guessed.name, '--label');
  const arrival = asked.labelTimestamp ?? labelTime(log, [timestamp, id, guessed.name]);
  const arrived = arrival === undefined ? null : secondsOf(namedColumn(log, arrival, '--label-timestamp'));
  return {
    values: Array.from({ length: log.rows }, (_, row) => cellAt(column, row)),
    lags: arrived === null ? null : arrived.map((second, row) => second - (seconds[row] ?? Number.NaN)).filter(Number.isFinite),
    columns: { id, label: guessed.name, ...(arrival === undefined ? {} : { timestamp: arrival }) },
    why: guessed.why,
  };
}

function joinedLabels({ log, seconds, id, asked }: LogWithLabels, table: LoggedTable): ReadLabels {
  const arrival = asked.labelTimestamp ?? labelTime(table, []) ?? anyTime(table);
  const same = table.columns[id] === undefined ? undefined : id;
  const key = guessId(table, { asked: asked.labelId ?? same, timestamp: null, others: arrival === undefined ? [] : [arrival] }).name;
  const annotator = Object.keys(table.columns).find((name) => ANNOTATOR.test(plainName(name)));
  const taken = [key, ...[arrival, annotator].flatMap((name) => (name === undefined ? [] : [name]))];
  const guessed = guessLabel(table, { asked: asked.label, taken });
  const [keys, ids] = [namedColumn(table, key, '--label-id'), namedColumn(log, id, '--id')];
  const places = new Map<string, number>();
  for (let row = 0; row < table.rows; row += 1) places.set(String(cellAt(keys, row)), row);
  const placeOf = (row: number) => places.get(String(cellAt(ids, row))) ?? -1;
  if (!Array.from({ length: log.rows }, (_, row) => row).some((row) => placeOf(row) !== -1)) throw unmatched(key, id);
  const label = namedColumn(table, guessed.name, '--label');
  const arrived = arrival === undefined ? null : secondsOf(namedColumn(table, arrival, '--label-timestamp'));
  const lagOf = (second: number, row: number) => (arrived?.[placeOf(row)] ?? Number.NaN) - second;
  return {
    values: Array.from({ length: log.rows }, (_, row) => (placeOf(row) === -1 ? null : cellAt(label, placeOf(row)))),
    lags: arrived === null ? null : seconds.map(lagOf).filter(Number.isFinite),
    columns: {
      id: key,
      label: guessed.name,
      ...(arrival === undefined ? {} : { timestamp: arrival }),
      ...(annotator === undefined ? {} : { annotator }),
    },
    why: guessed.why,
  };
}

function unmatched(key: string, id: string): UserError {
  return new UserError({
    code: 'LABELS_UNMATCHED',
    message: `no ${key} of the labels is a ${id} of the log`,
    hint: 'name the columns that hold the same ids with --id (log) and --label-id (labels)',
  });
}

function labelTime({ columns }: LoggedTable, taken: readonly string[]): string | undefined {
  return Object.entries(columns).find(
    ([name, column]) =>
      !taken.includes(name) && LABEL_TIME.test(plainName(name)) && column.kind !== 'categorical' && secondsOf(column) !== null,
  )?.[0];
}

/** In a file of labels any time is the time of the label. */
function anyTime(table: LoggedTable): string | undefined {
  return Object.values(table.columns).some(({ kind }) => kind === 'time') ? guessTimestamp(table, undefined).name : undefined;
}
