import { UserError } from '../../core/errors/user-error.ts';
import { durationSeconds } from '../../core/schema/duration.ts';
import { epochSeconds, type Instant, instantFromEpoch } from '../../core/schema/instant.ts';
import type { QuarantineCounts } from '../../core/schema/quarantine.ts';
import type { LogCoverage } from '../../ports/prediction-log.ts';
import { type LogFile, relationOf } from './log-file.ts';
import type { OpenLogs } from './open-logs.ts';
import { quoteTime } from './quote.ts';

/** So many lines of which none can be read are a wrong format, not bad lines. */
const WRONG_FORMAT_LINES = 10;

/** How far the log reaches at asOf, from the footers of its files; only files that go beyond asOf are read. */
export async function logCoverage({ engine, predictions, definition }: OpenLogs, asOf: Instant): Promise<LogCoverage | null> {
  const now = epochSeconds(asOf);
  const files = await predictions.files();
  const visible = files.filter((file) => file.rows > 0 && file.first <= now);
  const beyond = visible.filter((file) => file.last > now);
  const ends = visible.filter((file) => file.last <= now).map((file) => file.last);
  if (beyond.length > 0) {
    const table = await engine.query(`SELECT epoch(max(ts))::DOUBLE AS last FROM ${relationOf(beyond)} WHERE ts <= ${quoteTime(now)}`);
    ends.push(table.numbers('last')[0] ?? now);
  }
  if (visible.length === 0) requireLines(files, definition.logs.path);
  if (visible.length === 0) return null;
  const newest = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const earliest = visible.reduce((least, file) => Math.min(least, file.first), Number.POSITIVE_INFINITY);
  const doubtful = doubtfulTimes(files, now);
  return {
    earliest: instantFromEpoch(earliest),
    watermark: instantFromEpoch(newest - durationSeconds(definition.logs.lateness)),
    ...(Object.keys(doubtful).length === 0 ? {} : { doubtful }),
  };
}

/** Rows of broken clocks that lie in the files at a time. */
function doubtfulTimes(files: readonly LogFile[], now: number): QuarantineCounts {
  const counts: { -readonly [Reason in keyof QuarantineCounts]: QuarantineCounts[Reason] } = {};
  for (const { reason, at, rows } of files.flatMap(({ problems }) => problems))
    if ((reason === 'past-timestamp' || reason === 'future-timestamp') && (at === null || at <= now))
      counts[reason] = (counts[reason] ?? 0) + rows;
  return counts;
}

/** Throws a UserError (LOG_LINES_UNREADABLE) for a log that has lines but no usable one in any of its files. */
function requireLines(files: readonly LogFile[], path: string): void {
  if (files.some(({ rows }) => rows > 0)) return;
  const lines = new Map<string, number>();
  for (const { reason, rows } of files.flatMap(({ problems }) => problems)) lines.set(reason, (lines.get(reason) ?? 0) + rows);
  if ([...lines.values()].reduce((sum, rows) => sum + rows, 0) < WRONG_FORMAT_LINES) return;
  throw new UserError({
    code: 'LOG_LINES_UNREADABLE',
    message: `No line of ${path} can be used: ${[...lines].map(([reason, rows]) => `${reason} ${rows}`).join(', ')}.`,
    hint: 'Check that the file is UTF-8 (not Latin-1), that every line has as many fields as the header, and the names of logs.columns in model.yml.',
  });
}
