import { durationSeconds } from '../../core/schema/duration.ts';
import type { Instant } from '../../core/schema/instant.ts';
import { epochSeconds } from '../../core/schema/instant.ts';
import type { LogIntegrity } from '../../core/schema/log-integrity.ts';
import type { Window } from '../../core/schema/window.ts';
import { timeCondition } from './batch.ts';
import { profiledColumns } from './log-fields.ts';
import type { LogFile } from './log-file.ts';
import type { OpenLogs } from './open-logs.ts';
import { quoteText } from './quote.ts';
import { repeatedIds } from './repeated-ids.ts';
import { visibleRange } from './visible-range.ts';
import { type WindowRun, windowKey, windowRuns } from './window-runs.ts';

/** Steps back in time that a busy writer makes, and clocks that differ as clocks do. */
const JITTER = 'INTERVAL 1 MINUTE';
/** Files whose order is looked at in one query. */
const FILES_TOGETHER = 40;

interface Counted {
  repeatedIds: number;
  steps: number;
  backwards: number;
  arrived: number;
  ahead: number;
  late: number;
}

/**
 * What the files of windows tell beside the values of their rows: ids that a row of the week before has, rows that run backwards in their file,
 * event times against arrival times, and the types that the files state. Rows after asOf do not exist.
 */
export async function inspectWindows(
  logs: OpenLogs,
  { windows, asOf }: { readonly windows: readonly Window[]; readonly asOf: Instant },
): Promise<readonly LogIntegrity[]> {
  const counted = windows.map((): Counted => ({ repeatedIds: 0, steps: 0, backwards: 0, arrived: 0, ahead: 0, late: 0 }));
  const files = (await logs.predictions.files()).filter(({ rows }) => rows > 0);
  for (const run of windowRuns(windows)) {
    const visible = { ...run, ...visibleRange(run, asOf) };
    await countOrder(logs, { run: visible, files }, counted);
    await countArrivals(logs, visible, counted);
    for (const [at, rows] of await repeatedIds(logs, visible)) add(counted[at], { repeatedIds: rows });
  }
  return windows.map((window, index) => ({ ...(counted[index] as Counted), types: typesOf(logs, filesOf(files, window)) }));
}

function add(counted: Counted | undefined, more: Partial<Counted>): void {
  if (counted === undefined) return;
  for (const key of Object.keys(more) as (keyof Counted)[]) counted[key] += more[key] ?? 0;
}

interface OrderTask {
  readonly run: WindowRun;
  readonly files: readonly LogFile[];
}

// A file is read in the order of its rows, so the row above is the one before.
async function countOrder({ engine }: OpenLogs, { run, files }: OrderTask, counted: readonly Counted[]): Promise<void> {
  const touched = files.filter(({ first, last }) => first < run.end && last >= run.start);
  const window = windowKey(run);
  for (let start = 0; start < touched.length; start += FILES_TOGETHER) {
    const parts = touched.slice(start, start + FILES_TOGETHER).map((file) => {
      const rows = `SELECT ts, lag(ts) OVER () AS above FROM (SELECT ${file.select} FROM read_parquet(${quoteText(file.path)}))`;
      return `SELECT ts, above FROM (${rows}) ${timeCondition(file, run)}`;
    });
    const table = await engine.query(`SELECT ${window.place('w')} AS w, steps::DOUBLE AS steps, backwards::DOUBLE AS backwards FROM (
SELECT ${window.key} AS w, count(above) AS steps, count(*) FILTER (WHERE ts < above - ${JITTER}) AS backwards
FROM (${parts.join(' UNION ALL ')}) GROUP BY w)`);
    const [w, steps, backwards] = [table.numbers('w'), table.numbers('steps'), table.numbers('backwards')];
    for (let row = 0; row < table.rowCount; row += 1)
      add(counted[w[row] ?? -1], { steps: steps[row] ?? 0, backwards: backwards[row] ?? 0 });
  }
}

async function countArrivals({ engine, checked, definition }: OpenLogs, run: WindowRun, counted: readonly Counted[]): Promise<void> {
  if (definition.logs.columns.arrivedAt === undefined) return;
  const window = windowKey(run);
  const lateness = `INTERVAL ${Math.round(durationSeconds(definition.logs.lateness))} SECOND`;
  for (const batch of await checked.batches(run)) {
    const table =
      await engine.query(`SELECT ${window.place('w')} AS w, arrived::DOUBLE AS arrived, ahead::DOUBLE AS ahead, late::DOUBLE AS late FROM (
SELECT ${window.key} AS w, count(arrival) AS arrived, count(*) FILTER (WHERE ts > arrival + ${JITTER}) AS ahead,
count(*) FILTER (WHERE arrival > ts + ${lateness} + ${JITTER}) AS late FROM ${batch.relation} ${timeCondition(batch, run)} GROUP BY w)`);
    const [w, arrived, ahead, late] = ['w', 'arrived', 'ahead', 'late'].map((name) => table.numbers(name));
    for (let row = 0; row < table.rowCount; row += 1)
      add(counted[w?.[row] ?? -1], { arrived: arrived?.[row] ?? 0, ahead: ahead?.[row] ?? 0, late: late?.[row] ?? 0 });
  }
}

function filesOf(files: readonly LogFile[], { start, end }: Window): readonly LogFile[] {
  const [from, to] = [epochSeconds(start), epochSeconds(end)];
  return files.filter(({ first, last }) => first < to && last >= from);
}

/** Files by the type that they store each column as. */
function typesOf({ definition }: OpenLogs, files: readonly LogFile[]): LogIntegrity['types'] {
  const entries = profiledColumns(definition).flatMap(({ column, as }) => {
    const counts = new Map<string, number>();
    for (const { types } of files) {
      const type = types?.[as];
      if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return counts.size === 0 ? [] : [[column.name, Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))] as const];
  });
  return Object.fromEntries(entries);
}
