import type { Annotations } from '../../core/schema/annotations.ts';
import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { Window } from '../../core/schema/window.ts';
import { joinedRows } from './joined-rows.ts';
import type { OpenLogs } from './open-logs.ts';
import { quoteTime } from './quote.ts';

/**
 * Opinions on the rows that somebody labelled in a range of time, with all that had been said of them by its end: who labels a row a week after another is heard beside them, in the week in which there were two. Null for labels
 * without annotators, without a log of their own, or that are numbers.
 *
 * Labels without a time: opinions on the predictions that had been made by the end of the range, whenever they came, which nobody can know.
 */
export async function readAnnotations(logs: OpenLogs, range: Window, asOf: Instant): Promise<Annotations | null> {
  const { engine, definition, labels } = logs;
  const { annotator, timestamp } = definition.labels.columns;
  if (annotator === undefined || labels === null || definition.task === 'regression') return null;
  const [start, end] = [epochSeconds(range.start), Math.min(epochSeconds(range.end), epochSeconds(asOf))];
  const opinions = await labels.opinions({ since: Number.NEGATIVE_INFINITY, asOf: end });
  const known = opinions === null ? null : timestamp === undefined ? await onPredictions(logs, end) : `arrived < ${quoteTime(end)}`;
  if (opinions === null || known === null) return { annotators: 0, patterns: [], pairs: null };
  const all = `SELECT id, annotator, y, arrived FROM ${opinions} WHERE problem IS NULL AND ${known}`;
  const fresh = timestamp === undefined ? '' : `QUALIFY max(arrived) OVER (PARTITION BY id) >= ${quoteTime(start)}`;
  const sound = `(SELECT id, annotator, y FROM (${all} ${fresh}))`;
  const names = (await engine.query(`SELECT DISTINCT annotator FROM ${sound} ORDER BY annotator`)).texts('annotator');
  const patterns = await engine.query(
    `SELECT pattern, count(*)::DOUBLE AS n FROM (SELECT string_agg(y, ',' ORDER BY y) AS pattern FROM ${sound} GROUP BY id HAVING count(*) > 1) GROUP BY pattern ORDER BY pattern`,
  );
  const counts = patterns.numbers('n');
  return {
    annotators: names.length,
    patterns: patterns
      .texts('pattern')
      .map((pattern, index) => ({ labels: (pattern ?? '').split(',').map(Number), items: counts[index] ?? 0 })),
    pairs: names.length === 2 ? await pairsOf(engine, sound) : null,
  };
}

async function pairsOf(engine: OpenLogs['engine'], sound: string): Promise<NonNullable<Annotations['pairs']>> {
  const table = await engine.query(
    `SELECT a.y::DOUBLE AS one, b.y::DOUBLE AS other, count(*)::DOUBLE AS n FROM ${sound} a JOIN ${sound} b ON a.id = b.id AND a.annotator < b.annotator GROUP BY ALL ORDER BY ALL`,
  );
  const [one, other, n] = [table.numbers('one'), table.numbers('other'), table.numbers('n')];
  return Array.from(n, (items, index) => ({ first: one[index] ?? 0, second: other[index] ?? 0, items }));
}

/** The condition that an opinion is of a prediction that had been made; null where there is none. */
async function onPredictions({ checked, definition }: OpenLogs, end: number): Promise<string | null> {
  const range = { start: Number.NEGATIVE_INFINITY, end };
  const batches = await checked.batches(range);
  const rows = joinedRows({ definition, batches, range, asOf: end, labels: null, labelledOnly: false, columns: 'id, ts' });
  return rows === null ? null : `id IN (SELECT id FROM ${rows})`;
}
