import { epochSeconds, type Instant } from '../../core/schema/instant.ts';
import type { Window } from '../../core/schema/window.ts';
import { joinedRows } from './joined-rows.ts';
import { type OpenLogs, openReading } from './open-logs.ts';
import { visibleRange } from './visible-range.ts';

/** Rows of a range whose label had arrived by asOf, scored or not. */
export async function countLabelled(logs: OpenLogs, window: Window, asOf: Instant): Promise<number> {
  const range = visibleRange({ start: epochSeconds(window.start), end: epochSeconds(window.end) }, asOf);
  const reading = await openReading(logs, range, epochSeconds(asOf));
  const request = { ...reading, definition: logs.definition, labels: reading.labels.relation, labelledOnly: true, columns: 'id, ts' };
  const rows = joinedRows(request);
  if (rows === null) return 0;
  const table = await logs.engine.query(`SELECT count(*)::DOUBLE AS n FROM ${rows}`);
  return table.numbers('n')[0] ?? 0;
}
