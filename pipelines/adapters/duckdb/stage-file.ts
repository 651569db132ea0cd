import { join } from 'node:path';
import { UserError } from '../../core/errors/user-error.ts';
import { foreignTimes } from '../../core/profile/foreign-times.ts';
import type { PlausibleTimes } from '../../core/profile/plausible-times.ts';
import { directFile, FUTURE_LIMIT } from './direct-file.ts';
import type { Engine } from './engine.ts';
import type { FoundFile } from './find-log-files.ts';
import type { LogField } from './log-fields.ts';
import type { LogFile, Problem } from './log-file.ts';
import { quoteName, quoteText, quoteTime } from './quote.ts';
import { type LogFormat, openRawSource, type RawSource, type StageRequest, typedValue } from './raw-source.ts';
import { readFooters } from './read-footers.ts';
import { readPlausibleTimes } from './read-plausible-times.ts';
import { readProblems } from './read-problems.ts';

/** So many lines without one readable time are a wrong format, not bad lines. */
const WRONG_FORMAT_LINES = 10;

/**
 * Copies a text file, or a Parquet file of unfit types, into a Parquet file of the work folder, once. Lines that cannot be used are left
 * out and counted by reason at the time of the readable line before them in the file (or else after them). Throws a UserError when no time
 * of the file can be read, or when a required column is missing.
 */
export async function stageFile(engine: Engine, found: FoundFile, request: StageRequest): Promise<LogFile> {
  const { format, fields, number } = request;
  const source = await openRawSource(engine, found.path, request);
  const draft = join(engine.workFolder, `draft-${number}.parquet`);
  await copy(engine, draftQuery(source, fields, format), draft, found.path);
  const written = `read_parquet(${quoteText(draft)})`;
  const timeColumn = fields.find(({ as }) => as === 'ts')?.source ?? '';
  await requireSense(engine, written, { path: found.path, timeColumn, source });
  const draftRows = believed(written, await readPlausibleTimes(engine, `${written} WHERE problem IS NULL`, fields));
  const target = join(engine.workFolder, `staged-${number}.parquet`);
  await copy(engine, `SELECT * EXCLUDE (line, problem, time_text) FROM ${draftRows} WHERE problem IS NULL`, target, found.path);
  const problems = await countProblems(engine, draftRows, source, fields);
  const footer = (await readFooters(engine, [target])).get(target);
  const staged = fields.map((field) => ({ ...field, source: field.as, required: true }));
  const file = footer === undefined ? null : directFile({ path: target, key: found.key }, footer, staged);
  // An empty file has no smallest time in its footer; it has no rows to read either.
  if (file === null) return { ...found, rows: 0, first: 0, last: 0, select: '', integers: {}, complete: [], constants: {}, problems };
  return { ...file, problems };
}

async function copy(engine: Engine, query: string, target: string, path: string): Promise<void> {
  try {
    await engine.run(`COPY (${query}) TO ${quoteText(target)} (FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE 122880)`);
  } catch (cause) {
    throw new UserError({
      code: 'LOG_FILE_UNREADABLE',
      message: `${path} cannot be read: ${cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : String(cause)}`,
      hint: 'Check logs.format and labels.format in model.yml, and whether the file is complete.',
      cause,
    });
  }
}

function draftQuery(source: RawSource, fields: readonly LogField[], format: LogFormat): string {
  const values = fields.map((field) => `${typedValue(field, source.names)} AS ${quoteName(field.as)}`);
  const time = fields.find((field) => field.as === 'ts');
  const timeText =
    time === undefined
      ? 'NULL::VARCHAR'
      : `CASE WHEN ${typedValue(time, source.names)} IS NULL THEN ${quoteName(time.source)}::VARCHAR END`;
  const empty = fields.map((field) => `${quoteName(field.as)} IS NULL`).join(' AND ');
  const unreadable = format === 'jsonl' ? `WHEN ${empty} AND time_text IS NULL THEN 'unreadable-line'` : '';
  const untimed =
    time === undefined
      ? ''
      : `WHEN ts IS NULL OR ts = TIMESTAMP '-infinity' THEN 'bad-timestamp' WHEN ts >= ${quoteTime(FUTURE_LIMIT)} THEN 'future-timestamp'`;
  return `SELECT *, CASE ${unreadable} WHEN id IS NULL THEN 'missing-id' ${untimed} END AS problem
FROM (SELECT row_number() OVER () AS line, ${values.join(', ')}, ${timeText} AS time_text FROM ${source.from})`;
}

/** The rows of a draft; those whose times no clock can have meant are problems too. */
function believed(draftRows: string, times: PlausibleTimes | null): string {
  if (times === null) return draftRows;
  const past = Number.isFinite(times.from) ? `WHEN ts < ${quoteTime(times.from)} THEN 'past-timestamp'` : '';
  const future = Number.isFinite(times.until) ? `WHEN ts >= ${quoteTime(times.until)} THEN 'future-timestamp'` : '';
  return `(SELECT * REPLACE (CASE WHEN problem IS NOT NULL THEN problem ${past} ${future} END AS problem) FROM ${draftRows})`;
}

// Looks at whole columns: one bad line is quarantined, but a column that is never there is a wrong name or format.
async function requireSense(
  engine: Engine,
  draftRows: string,
  found: { readonly path: string; readonly timeColumn: string; readonly source: RawSource },
): Promise<void> {
  const { path, timeColumn, source } = found;
  const counts = source.unseen.map(
    (field) => `, count(${field.as === 'ts' ? 'coalesce(ts::VARCHAR, time_text)' : quoteName(field.as)}) AS ${quoteName(field.as)}`,
  );
  const table = await engine.query(`SELECT count(*) AS lines, count(time_text) AS bad_times, min(time_text) AS sample${counts.join('')}
FROM ${draftRows} WHERE problem IS DISTINCT FROM 'unreadable-line'`);
  const lines = table.numbers('lines')[0] ?? 0;
  const absent = source.unseen.find((field) => lines > 0 && table.numbers(field.as)[0] === 0);
  if (absent !== undefined) {
    throw new UserError({
      code: 'LOG_COLUMN_MISSING',
      message: `No line of ${path} has a field named ${absent.source}.`,
      hint: 'Correct the name in model.yml (columns, logs.columns, labels.columns), or what writes the log. A column that may be absent says required: false.',
    });
  }
  if (lines < WRONG_FORMAT_LINES || table.numbers('bad_times')[0] !== lines) return;
  const foreign = foreignTimes(timeColumn, await sampleOfTimes(engine, draftRows));
  throw new UserError({
    code: 'LOG_TIMESTAMP_UNREADABLE',
    message: `No time in ${path} can be read${foreign === null ? `, e.g. ${JSON.stringify(table.texts('sample')[0])}` : `: ${timeColumn} holds ${foreign.seen}`}.`,
    hint:
      foreign?.remedy ?? 'Write times as ISO-8601 in UTC, e.g. 2001-03-05T14:30:00Z, or correct the name of the time column in model.yml.',
  });
}

const SAMPLED_TIMES = 2000;

/** Times that could not be read, the same ones at every run. */
async function sampleOfTimes(engine: Engine, draftRows: string): Promise<string[]> {
  const distinct = `SELECT DISTINCT time_text FROM ${draftRows} WHERE time_text IS NOT NULL`;
  const table = await engine.query(`SELECT time_text FROM (${distinct}) ORDER BY md5(time_text) LIMIT ${SAMPLED_TIMES}`);
  return table.texts('time_text').filter((text) => text !== null);
}

/** Problems by reason and second, each at the last good time before its line, or else the first after it. */
async function countProblems(
  engine: Engine,
  draftRows: string,
  source: RawSource,
  fields: readonly LogField[],
): Promise<readonly Problem[]> {
  const hasTime = fields.some((field) => field.as === 'ts');
  const good = hasTime
    ? `CASE WHEN coalesce(problem NOT IN ('bad-timestamp', 'past-timestamp', 'future-timestamp'), true) THEN epoch(ts) END`
    : 'NULL::DOUBLE';
  const lines = `SELECT line::DOUBLE AS line, problem, ${good} AS good, 1 AS rows FROM ${draftRows}`;
  const all = source.rejects === null ? lines : `${lines} UNION ALL ${rejectedLines(source.rejects)}`;
  const table = await engine.query(`
SELECT problem, floor(coalesce(good, before, after)) AS at, sum(rows)::DOUBLE AS n FROM (SELECT *,
  last_value(good IGNORE NULLS) OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before,
  first_value(good IGNORE NULLS) OVER (ORDER BY line ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS after
  FROM (${all})) WHERE problem IS NOT NULL GROUP BY ALL ORDER BY ALL`);
  if (source.rejects !== null) await engine.run(`DROP TABLE IF EXISTS ${source.rejects}`);
  return readProblems(table);
}

// The reader notes a line several times when several things are wrong with it, and once when an open quote swallows the lines after it.
function rejectedLines(table: string): string {
  return `SELECT line - 1.5 - coalesce(sum(rows) OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS line,
  'unreadable-line' AS problem, NULL::DOUBLE AS good, rows FROM (
  SELECT line::DOUBLE AS line, max(1 + length(rtrim(csv_line, chr(10))) - length(replace(rtrim(csv_line, chr(10)), chr(10), ''))) AS rows
  FROM ${table} GROUP BY line)`;
}
