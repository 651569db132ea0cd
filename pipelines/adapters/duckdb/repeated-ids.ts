import { timeCondition } from './batch.ts';
import type { OpenLogs } from './open-logs.ts';
import { quoteTime } from './quote.ts';
import { type WindowRun, windowKey } from './window-runs.ts';

const WEEK = 604_800;

/**
 * Rows of each window of a run whose id a row of an earlier day in the week before has already; windows without any are left out. Ids that come twice on one
 * day never get here. Most logs have none: then one count of hashes is all it costs.
 */
export async function repeatedIds({ engine, checked }: OpenLogs, run: WindowRun): Promise<ReadonlyMap<number, number>> {
  const range = { start: run.start - WEEK, end: run.end };
  const batches = await checked.batches(range);
  if (batches.length === 0) return new Map();
  const parts = batches.map((batch) => `SELECT id, ts FROM ${batch.relation} ${timeCondition(batch, range)}`);
  const rows = `(${parts.join(' UNION ALL ')})`;
  const twice = await engine.query(`SELECT (count(*) - count(DISTINCT hash(id)))::DOUBLE AS twice FROM ${rows}`);
  if (twice.numbers('twice')[0] === 0) return new Map();
  const window = windowKey(run);
  const suspects = `SELECT hash(id) AS h FROM ${rows} GROUP BY h HAVING count(*) > 1`;
  const before = 'lag(ts) OVER (PARTITION BY id ORDER BY ts) AS before';
  const table = await engine.query(`SELECT ${window.place('w')} AS w, n::DOUBLE AS n FROM (SELECT ${window.key} AS w, count(*) AS n
FROM (SELECT ts, ${before} FROM ${rows} WHERE hash(id) IN (${suspects}))
WHERE before::DATE < ts::DATE AND before >= ts - INTERVAL 7 DAY AND ts >= ${quoteTime(run.start)} GROUP BY w)`);
  const [w, n] = [table.numbers('w'), table.numbers('n')];
  return new Map(Array.from({ length: table.rowCount }, (_, row): [number, number] => [w[row] ?? -1, n[row] ?? 0]));
}
