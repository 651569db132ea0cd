import type { Annotations } from '../../core/schema/annotations.ts';
import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { Window } from '../../core/schema/window.ts';
import type { OpenLogs } from './open-logs.ts';
import { quoteTime } from './quote.ts';

/** Opinions that came in a range of time, as counts; null for labels without annotators, without a log of their own, or that are numbers. */
export async function readAnnotations({ engine, definition, labels }: OpenLogs, range: Window, asOf: Instant): Promise<Annotations | null> {
  const { annotator, timestamp } = definition.labels.columns;
  if (annotator === undefined || labels === null || definition.task === 'regression') return null;
  const [start, end] = [epochSeconds(range.start), Math.min(epochSeconds(range.end), epochSeconds(asOf))];
  const opinions = await labels.opinions({ since: timestamp === undefined ? Number.NEGATIVE_INFINITY : start, asOf: epochSeconds(asOf) });
  if (opinions === null) return { annotators: 0, patterns: [], pairs: null };
  const inRange = timestamp === undefined ? '' : `AND arrived >= ${quoteTime(start)} AND arrived < ${quoteTime(end)}`;
  const sound = `(SELECT id, annotator, y FROM ${opinions} WHERE problem IS NULL ${inRange})`;
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
