import { type ColumnQuantiles, gridFromQuantiles, SCORE_GRID } from '../../core/profile/learn-grid.ts';
import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { Window } from '../../core/schema/window.ts';
import { type Grid, LATENCY_COLUMN, SCORE_COLUMN } from '../../core/schema/window-profile.ts';
import { timeCondition } from './batch.ts';
import { countedValue, griddedColumns } from './log-fields.ts';
import type { OpenLogs } from './open-logs.ts';
import { visibleRange } from './visible-range.ts';

/** Grids for the score, the latency, each numeric column and the length of each text, from exact quantiles of the finite values of a range; probabilities have a fixed one. */
export async function learnGrids(logs: OpenLogs, window: Window, asOf: Instant): Promise<Readonly<Record<string, Grid>>> {
  const { definition } = logs;
  const range = visibleRange({ start: epochSeconds(window.start), end: epochSeconds(window.end) }, asOf);
  const batches = await logs.checked.batches(range);
  const columns = [
    ...griddedColumns(definition).map((each) => ({ name: each.column.name, value: countedValue(each) })),
    ...(definition.task === 'regression' ? [{ name: SCORE_COLUMN, value: 'score' }] : []),
    ...(definition.logs.columns.latencyMs === undefined ? [] : [{ name: LATENCY_COLUMN, value: 'latency' }]),
  ];
  const grids: Record<string, Grid> = { [SCORE_COLUMN]: SCORE_GRID };
  // One column at a time: exact quantiles hold all values of their column in memory.
  for (const { name, value } of columns) {
    const rows = batches.map((batch) => `SELECT (${value})::DOUBLE AS x FROM ${batch.relation} ${timeCondition(batch, range)}`);
    grids[name] = gridFromQuantiles(rows.length === 0 ? null : await quantilesOf(logs, `(${rows.join(' UNION ALL ')})`));
  }
  return grids;
}

async function quantilesOf({ engine }: OpenLogs, rows: string): Promise<ColumnQuantiles | null> {
  const table = await engine.query(`
SELECT quantile_disc(x, 0.001) AS q001, quantile_disc(x, 0.5) AS median, quantile_disc(x, 0.999) AS q999, min(x) AS minimum, max(x) AS maximum,
  bool_and(x = trunc(x)) AS whole FROM ${rows} WHERE isfinite(x)`);
  const value = (name: string) => table.numbers(name)[0] ?? Number.NaN;
  if (Number.isNaN(value('minimum'))) return null;
  return {
    q001: value('q001'),
    q999: value('q999'),
    minimum: value('minimum'),
    maximum: value('maximum'),
    median: value('median'),
    integerValued: value('whole') === 1,
  };
}
