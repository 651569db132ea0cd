import { plausibleTimes, type TimeBlock } from '../../profile/plausible-times.ts';
import { type ChosenRanges, chooseRanges } from './choose-ranges.ts';
import { guessId, guessTimestamp, namedColumn } from './guess-columns.ts';
import { guessLogColumns, type LogColumns } from './guess-log-columns.ts';
import { countValues, type GuessedTask, guessTask } from './guess-task.ts';
import { type LogRhythm, logRhythm } from './log-rhythm.ts';
import { type LoggedTable, secondsOf } from './logged-table.ts';
import type { ProposalRequest } from './proposal-request.ts';
import { type ProposedColumn, proposeColumns } from './propose-columns.ts';
import { type ReadLabels, readLabels } from './read-labels.ts';

/** A name and the reason for it. */
interface Guess {
  readonly name: string;
  readonly why: string;
}

/** What a log says about itself. */
export interface LogLook {
  readonly time: Guess;
  /** Rows read that are dated years before or after all others. */
  readonly doubtful: number;
  readonly id: Guess;
  readonly labels: ReadLabels;
  readonly task: GuessedTask;
  readonly logColumns: LogColumns;
  /** Share of the rarer of two classes; null where there are not two. */
  readonly rarerShare: number | null;
  readonly rhythm: LogRhythm;
  readonly ranges: ChosenRanges;
  readonly columns: readonly ProposedColumn[];
  /** Places of the labelled rows that train version 1, oldest first. */
  readonly oldest: readonly number[];
}

/** Reads roles, task, rhythm, ranges and columns from a log. Throws the UserErrors of the guesses. O(columns · rows · log(rows)). */
export function lookAtLog({ log, labels: labelFile, asked }: ProposalRequest): LogLook {
  const { table } = log;
  const time = guessTimestamp(table, asked.columns.timestamp);
  const others = [asked.columns.label, asked.columns.labelTimestamp].flatMap((name) => name ?? []);
  const id = guessId(table, { asked: asked.columns.id, timestamp: time.name, others });
  const { seconds, doubtful } = believedTimes(secondsOf(namedColumn(table, time.name, '--timestamp')) ?? new Float64Array(0));
  const labels = readLabels({
    log: table,
    seconds,
    timestamp: time.name,
    id: id.name,
    labels: labelFile?.table ?? null,
    asked: asked.columns,
  });
  const task = guessTask({ name: labels.columns.label, values: labels.values, asked });
  const inline = labelFile === null ? [labels.columns.label, labels.columns.timestamp ?? ''] : [];
  const logColumns = guessLogColumns(table, { task, taken: [time.name, id.name, ...inline], asked: asked.answers });
  const rows = labelledRows(seconds, labels);
  const times = Float64Array.from(rows, (row) => seconds[row] ?? Number.NaN);
  const rarerShare = task.task === 'binary' ? rarerOf(labels) : null;
  const rhythm = logRhythm(
    { seconds: times, weight: weightOf(table) * (labelFile === null ? 1 : weightOf(labelFile.table)), rarerShare },
    asked.windowSeconds,
  );
  const ranges = chooseRanges(rhythm, severalClassesFrom(rows, { labels, task, times }));
  const trainUntil = rhythm.start + ranges.recentWindows * rhythm.windowSeconds;
  const taken = [time.name, id.name, ...inline, ...namesIn(logColumns)];
  const columns = proposeColumns({ table, timestamp: time.name, taken, ignored: asked.ignored, trainingRows: ranges.recentRows });
  const oldest = rows.filter((_, place) => (times[place] ?? Number.NaN) < trainUntil);
  return { time, doubtful, id, labels, task, logColumns, rarerShare, rhythm, ranges, columns, oldest };
}

const BLOCK = 30 * 86_400;

/** Times without those of broken clocks, which become missing as the watcher sets their rows aside. */
function believedTimes(seconds: Float64Array): { readonly seconds: Float64Array; readonly doubtful: number } {
  const blocks = new Map<number, TimeBlock>();
  for (const second of seconds) {
    if (!Number.isFinite(second)) continue;
    const key = Math.floor(second / BLOCK);
    const { first, last, rows } = blocks.get(key) ?? { first: second, last: second, rows: 0 };
    blocks.set(key, { first: Math.min(first, second), last: Math.max(last, second), rows: rows + 1 });
  }
  const times = plausibleTimes([...blocks.values()]);
  if (times === null) return { seconds, doubtful: 0 };
  const isDoubtful = (second: number) => second < times.from || second >= times.until;
  return { seconds: seconds.map((second) => (isDoubtful(second) ? Number.NaN : second)), doubtful: seconds.filter(isDoubtful).length };
}

/** Places of the rows with a time and a label, oldest first; rows of one time in the order of the file. */
function labelledRows(seconds: Float64Array, { values }: ReadLabels): number[] {
  const rows = Array.from(seconds.keys()).filter((row) => Number.isFinite(seconds[row]) && values[row] !== null);
  return rows.sort((a, b) => (seconds[a] ?? 0) - (seconds[b] ?? 0) || a - b);
}

function rarerOf({ values }: ReadLabels): number {
  const counts = [...countValues(values).values()];
  return Math.min(...counts) / counts.reduce((sum, count) => sum + count, 0);
}

const ROWS_OF_A_CLASS = 20;

/** The second from which on the oldest rows hold two classes, twenty rows each (or half of what the second most frequent has); of numbers the oldest row's. */
function severalClassesFrom(
  rows: readonly number[],
  { labels, task, times }: { readonly labels: ReadLabels; readonly task: GuessedTask; readonly times: Float64Array },
): number {
  const first = times[0] ?? 0;
  if (task.task === 'regression') return first;
  const all = [...countValues(labels.values).values()].sort((a, b) => b - a);
  const needed = Math.min(ROWS_OF_A_CLASS, Math.ceil((all[1] ?? 0) / 2));
  const counts = new Map<string | number, number>();
  for (const [place, row] of rows.entries()) {
    const value = labels.values[row] ?? null;
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    if ([...counts.values()].filter((count) => count >= needed).length >= 2) return times[place] ?? first;
  }
  return times.at(-1) ?? first;
}

/** Rows of a file that each row read stands for. */
function weightOf({ of, rows }: LoggedTable): number {
  return of / rows;
}

function namesIn({ probabilities, ...columns }: LogColumns): string[] {
  return [...Object.values(columns), ...Object.values(probabilities ?? {})];
}
