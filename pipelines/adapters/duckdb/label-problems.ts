import { randomUUID } from 'node:crypto';
import { durationSeconds } from '../../core/schema/duration.ts';
import { timeCondition } from './batch.ts';
import { inlineProblem } from './joined-rows.ts';
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
  return [...(run.offset === 0 ? timeless : []), ...timed, ...(await orphans(logs, run, reading))];
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
 * Labels whose prediction was due in the run but is nowhere in the log. Nearly all labels belong to predictions of the run, so those are told
 * apart first; only for the rest the whole log is searched.
 */
async function orphans({ engine, definition, predictions }: OpenLogs, run: WindowRun, reading: Reading): Promise<readonly Problem[]> {
  const { labels, batches, range, asOf } = reading;
  if (labels.relation === null) return [];
  const timed = definition.labels.columns.timestamp !== undefined;
  if (!timed && run.offset !== 0) return [];
  const delay = durationSeconds(definition.labels.delay);
  const due = timed ? `floor(epoch(arrived)) - ${quoteNumber(delay)}` : 'NULL::DOUBLE';
  const arrivedInRun = timed ? `WHERE arrived >= ${quoteTime(run.start + delay)} AND arrived < ${quoteTime(run.end + delay)}` : '';
  // Calls may overlap, so each has a table of its own.
  const unmatched = quoteName(`unmatched_${randomUUID()}`);
  const near = batches.map((batch) => `SELECT id FROM ${batch.relation} ${timeCondition(batch, range)}`).join(' UNION ALL ');
  const apart = near === '' ? '' : `ANTI JOIN (${near}) p ON p.id = l.id`;
  const left = await engine.query(`CREATE TEMP TABLE ${unmatched} AS
SELECT l.id, ${due} AS due FROM (SELECT id, arrived FROM ${labels.relation} ${arrivedInRun}) l ${apart}`);
  const found = left.numbers('Count')[0] === 0 ? [] : await nowhere({ predictions, engine }, unmatched, asOf);
  await engine.run(`DROP TABLE ${unmatched}`);
  return found;
}

async function nowhere(
  { predictions, engine }: Pick<OpenLogs, 'predictions' | 'engine'>,
  unmatched: string,
  asOf: number,
): Promise<readonly Problem[]> {
  const files = (await predictions.files()).filter((file) => file.rows > 0 && file.first <= asOf);
  const known = files.length === 0 ? '' : `ANTI JOIN (SELECT id FROM ${relationOf(files)} WHERE ts <= ${quoteTime(asOf)}) p ON p.id = l.id`;
  return readProblems(
    await engine.query(`SELECT 'label-without-prediction' AS problem, due AS "at", count(*)::DOUBLE AS n FROM ${unmatched} l ${known}
GROUP BY ALL ORDER BY ALL`),
  );
}
