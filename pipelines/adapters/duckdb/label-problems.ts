import { randomUUID } from 'node:crypto';
import { durationSeconds } from '../../core/schema/duration.ts';
import { timeCondition } from './batch.ts';
import { inlineProblem } from './joined-rows.ts';
import { EARLY_SEARCH, isNear } from './label-reader.ts';
import { type Problem, relationOf } from './log-file.ts';
import type { OpenLogs, Reading } from './open-logs.ts';
import { quoteName, quoteNumber, quoteTime } from './quote.ts';
import { readProblems } from './read-problems.ts';
import type { WindowRun } from './window-runs.ts';

/** Label rows of a run of windows that cannot be used, each at the time of its prediction. */
export async function labelProblems(logs: OpenLogs, run: WindowRun, reading: Reading): Promise<readonly Problem[]> {
  if (logs.labels === null) return inlineProblems(logs, reading);
  const timeless = reading.labels.problems.filter(({ at }) => at === null);
  const timed = reading.labels.problems.filter(({ at }) => at !== null && at >= run.start && at < run.end);
  // What nothing dates is counted once, with the first window that was asked for.
  return [...(run.offset === 0 ? timeless : []), ...timed, ...(await orphans(logs, run, reading)), ...(await undated(logs, run, reading))];
}

async function inlineProblems({ engine, definition }: OpenLogs, { batches, range, asOf }: Reading): Promise<readonly Problem[]> {
  if (batches.length === 0) return [];
  const problem = inlineProblem(definition, asOf);
  const rows = batches.map(
    (batch) => `SELECT ${problem} AS problem, floor(epoch(ts)) AS "at" FROM ${batch.relation} ${timeCondition(batch, range)}`,
  );
  const union = `(${rows.join(' UNION ALL ')})`;
  return readProblems(
    await engine.query(`SELECT problem, "at", count(*)::DOUBLE AS n FROM ${union} WHERE problem IS NOT NULL GROUP BY ALL ORDER BY ALL`),
  );
}

/**
 * Labels that were due in the run but belong to no prediction that was made by then: it is nowhere in the log, or was made long after its label.
 * Nearly all labels belong to predictions of the run, so those are told apart first; only for the rest the whole log is searched.
 */
async function orphans(logs: OpenLogs, run: WindowRun, reading: Reading): Promise<readonly Problem[]> {
  const { definition } = logs;
  const { labels, batches, range } = reading;
  if (labels.relation === null) return [];
  const timed = definition.labels.columns.timestamp !== undefined;
  if (!timed && run.offset !== 0) return [];
  const delay = durationSeconds(definition.labels.delay);
  const due = timed ? `floor(epoch(arrived)) - ${quoteNumber(delay)}` : 'NULL::DOUBLE';
  const arrivedInRun = timed ? `WHERE arrived >= ${quoteTime(run.start + delay)} AND arrived < ${quoteTime(run.end + delay)}` : '';
  const near = batches.map((batch) => `SELECT id, ts FROM ${batch.relation} ${timeCondition(batch, range)}`).join(' UNION ALL ');
  const condition = timed ? ` AND ${isNear('l.arrived', 'p.ts')}` : '';
  const apart = near === '' ? '' : `ANTI JOIN (${near}) p ON p.id = l.id${condition}`;
  return nowhere(
    logs,
    `SELECT l.id, l.arrived, ${due} AS due FROM (SELECT id, arrived FROM ${labels.relation} ${arrivedInRun}) l ${apart}`,
    {
      asOf: reading.asOf,
      timed,
    },
  );
}

/** Labels stamped before the first prediction of all: no window is theirs, so they count like what nothing dates, with the first window that was asked for. */
async function undated(logs: OpenLogs, run: WindowRun, { asOf }: Reading): Promise<readonly Problem[]> {
  const timed = logs.definition.labels.columns.timestamp !== undefined;
  if (run.offset !== 0 || !timed || logs.labels === null) return [];
  const first = Math.min(...(await logs.predictions.files()).filter(({ rows }) => rows > 0).map((file) => file.first));
  const end = Math.min(asOf, first - EARLY_SEARCH - 1);
  if (!Number.isFinite(end)) return [];
  const { relation } = await logs.labels.arrived({ since: Number.NEGATIVE_INFINITY, asOf: end });
  return relation === null ? [] : nowhere(logs, `SELECT id, arrived, NULL::DOUBLE AS due FROM ${relation}`, { asOf, timed });
}

/** Which of some labels (id, arrived, due) have no prediction in the whole log, and which were stamped long before theirs. */
async function nowhere(
  { predictions, engine }: OpenLogs,
  labels: string,
  { asOf, timed }: { readonly asOf: number; readonly timed: boolean },
): Promise<readonly Problem[]> {
  // Calls may overlap, so each has a table of its own.
  const unmatched = quoteName(`unmatched_${randomUUID()}`);
  const left = await engine.query(`CREATE TEMP TABLE ${unmatched} AS ${labels}`);
  const files = (await predictions.files()).filter((file) => file.rows > 0 && file.first <= asOf);
  const log =
    files.length === 0
      ? 'SELECT NULL::VARCHAR AS id, NULL::TIMESTAMP AS ts WHERE false'
      : `SELECT id, ts FROM ${relationOf(files)} WHERE ts <= ${quoteTime(asOf)}`;
  const isTheirs = timed ? isNear('l.arrived', 'p.first') : 'true';
  const found =
    left.numbers('Count')[0] === 0
      ? []
      : readProblems(
          await engine.query(`SELECT CASE WHEN p.id IS NULL THEN 'label-without-prediction' ELSE 'label-before-prediction' END AS problem,
  due AS "at", count(*)::DOUBLE AS n
FROM ${unmatched} l LEFT JOIN (SELECT a.id, min(a.ts) AS first FROM (${log}) a SEMI JOIN ${unmatched} u ON u.id = a.id GROUP BY a.id) p ON p.id = l.id
WHERE p.id IS NULL OR NOT (${isTheirs}) GROUP BY ALL ORDER BY ALL`),
        );
  await engine.run(`DROP TABLE ${unmatched}`);
  return found;
}
