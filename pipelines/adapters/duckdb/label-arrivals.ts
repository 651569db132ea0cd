import { LAG_ENDS } from '../../core/profile/lag-grid.ts';
import { mergeArrivals, noArrivals } from '../../core/profile/merge-arrivals.ts';
import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { LabelArrivals } from '../../core/schema/label-arrivals.ts';
import type { Window } from '../../core/schema/window.ts';
import { joinedRows } from './joined-rows.ts';
import { narrowed, type OpenLogs, openReading, type Reading } from './open-logs.ts';
import { quoteNumber } from './quote.ts';
import { visibleRange } from './visible-range.ts';
import { partsOfRun, type WindowRun, windowKey, windowRuns } from './window-runs.ts';

const PART = { windows: 28, parts: 8 };
/** No cell of the lag grid: the label has no time of arrival. */
const UNTIMED = -1;
/** The cell of the column `lag`, seconds. */
const LAG_CELL = `CASE ${LAG_ENDS.map((end, cell) => `WHEN lag <= ${quoteNumber(end)} THEN ${cell}`).join(' ')} ELSE ${LAG_ENDS.length} END`;

/**
 * When the labels of each window arrived, in the order asked for: counts by lag, from each label's first arrival. Labels after asOf do not exist
 * yet, so the newest windows are cut off at the lag that could be seen.
 */
export async function labelArrivals(logs: OpenLogs, windows: readonly Window[], asOf: Instant): Promise<readonly LabelArrivals[]> {
  const found = windows.map(noArrivals);
  const timed = logs.definition.labels.columns.timestamp !== undefined;
  for (const run of windowRuns(windows)) {
    const whole = await openReading(logs, visibleRange(run, asOf), epochSeconds(asOf));
    for (const part of partsOfRun(run, PART))
      await addPart(logs, part, { reading: narrowed(whole, visibleRange(part, asOf), timed), found });
  }
  return found;
}

/** Fills `found`, which is the caller's own. */
async function addPart(
  logs: OpenLogs,
  run: WindowRun,
  { reading, found }: { readonly reading: Reading; readonly found: LabelArrivals[] },
): Promise<void> {
  const { definition, engine } = logs;
  const { key, place } = windowKey(run);
  const apart = reading.labels.relation;
  // A label log of its own knows when an id was first labelled, and whether that changed; the join carries one value, so they travel together.
  const labels = apart === null ? null : `(SELECT id, {'y': y, 'first': first, 'corrected': corrected} AS y, arrived FROM ${apart})`;
  const request = { ...reading, definition, labels, columns: `id, ts, ${place(key)} AS w`, labelledOnly: true };
  const joined = joinedRows(request);
  if (joined === null) return;
  const value = apart === null ? 'y' : 'y.y';
  const first = apart === null ? 'arrived' : 'y.first';
  const timed = definition.labels.columns.timestamp !== undefined;
  const positive = definition.task === 'binary' ? `count(*) FILTER (WHERE ${value} = 1)` : '0';
  const table = await engine.query(`
SELECT w, ${timed ? LAG_CELL : UNTIMED} AS cell, count(*)::DOUBLE AS n, (${positive})::DOUBLE AS positives,
  (${apart === null ? '0' : 'count(*) FILTER (WHERE y.corrected)'})::DOUBLE AS corrected
FROM (SELECT *, epoch(${first}) - epoch(ts) AS lag FROM ${joined}) WHERE ${value} IS NOT NULL GROUP BY ALL ORDER BY w, cell`);
  const [w, cell, n, positives, corrected] = ['w', 'cell', 'n', 'positives', 'corrected'].map((name) => table.numbers(name));
  for (const [row, index] of (w ?? []).entries()) {
    const known = found[index];
    if (known === undefined) continue;
    const [lag, labelled] = [cell?.[row] ?? UNTIMED, n?.[row] ?? 0];
    const cells: LabelArrivals['cells'] = lag === UNTIMED ? [] : [[lag, labelled, positives?.[row] ?? 0]];
    found[index] = mergeArrivals(known, { ...known, labels: labelled, corrected: corrected?.[row] ?? 0, cells });
  }
}
