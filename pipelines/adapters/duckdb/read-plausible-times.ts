import { LEAST_DOUBTFUL_SPAN, type PlausibleTimes, plausibleTimes, type TimeBlock } from '../../core/profile/plausible-times.ts';
import type { Engine } from './engine.ts';
import type { LogField } from './log-fields.ts';
import type { LogFile, Problem } from './log-file.ts';

const BLOCK = 30 * 86_400;

/** Times of the rows of a prediction log that can be believed; null where all can. `rows`: a relation with the column ts, maybe with a condition. Short logs cost a look at two figures. */
export async function readPlausibleTimes(engine: Engine, rows: string, fields: readonly LogField[]): Promise<PlausibleTimes | null> {
  if (!isPredictionLog(fields)) return null;
  const span = await engine.query(`SELECT (epoch(max(ts)) - epoch(min(ts)))::DOUBLE AS span FROM ${rows}`);
  if (!((span.numbers('span')[0] ?? 0) > LEAST_DOUBTFUL_SPAN)) return null;
  const table = await engine.query(`SELECT epoch(min(ts))::DOUBLE AS first, epoch(max(ts))::DOUBLE AS last, count(*)::DOUBLE AS n
FROM (SELECT ts FROM ${rows}) GROUP BY floor(epoch(ts) / ${BLOCK}) ORDER BY first`);
  const [first, last] = [table.numbers('first'), table.numbers('last')];
  return plausibleTimes([...table.numbers('n')].map((n, row): TimeBlock => ({ first: first[row] ?? 0, last: last[row] ?? 0, rows: n })));
}

/**
 * The files of a prediction log, without the rows of those that a broken clock wrote as a whole (a folder of 1970, say): these are problems of a time that nobody knows.
 */
export function believedFiles(files: readonly LogFile[], fields: readonly LogField[]): readonly LogFile[] {
  if (!isPredictionLog(fields) || files.length < 2) return files;
  const times = plausibleTimes(files.filter(({ first, last }) => Number.isFinite(first) && Number.isFinite(last)));
  if (times === null) return files;
  return files.map((file) => {
    if (file.rows === 0) return file;
    if (file.last < times.from) return withoutRows(file, 'past-timestamp');
    return file.first >= times.until ? withoutRows(file, 'future-timestamp') : file;
  });
}

function withoutRows(file: LogFile, reason: Problem['reason']): LogFile {
  return { ...file, rows: 0, problems: [...file.problems, { reason, at: null, rows: file.rows }] };
}

/** Labels may come as late as they like. */
function isPredictionLog(fields: readonly LogField[]): boolean {
  return fields.some(({ as }) => as === 'score');
}
