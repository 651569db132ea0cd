import { durationSeconds } from '../../core/schema/duration.ts';
import { epochSeconds, type Instant, instantFromEpoch } from '../../core/schema/instant.ts';
import type { LogCoverage } from '../../ports/prediction-log.ts';
import { relationOf } from './log-file.ts';
import type { OpenLogs } from './open-logs.ts';
import { quoteTime } from './quote.ts';

/** How far the log reaches at asOf, from the footers of its files; only files that go beyond asOf are read. */
export async function logCoverage({ engine, predictions, definition }: OpenLogs, asOf: Instant): Promise<LogCoverage | null> {
  const now = epochSeconds(asOf);
  const visible = (await predictions.files()).filter((file) => file.rows > 0 && file.first <= now);
  const beyond = visible.filter((file) => file.last > now);
  const ends = visible.filter((file) => file.last <= now).map((file) => file.last);
  if (beyond.length > 0) {
    const table = await engine.query(`SELECT epoch(max(ts))::DOUBLE AS last FROM ${relationOf(beyond)} WHERE ts <= ${quoteTime(now)}`);
    ends.push(table.numbers('last')[0] ?? now);
  }
  if (visible.length === 0) return null;
  const newest = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const earliest = visible.reduce((least, file) => Math.min(least, file.first), Number.POSITIVE_INFINITY);
  return { earliest: instantFromEpoch(earliest), watermark: instantFromEpoch(newest - durationSeconds(definition.logs.lateness)) };
}
