import { epochSeconds } from '../../core/schema/instant.ts';
import type { FaultRequest, FaultStream } from '../../ports/prediction-log.ts';
import { timeCondition } from './batch.ts';
import { FAILED_PREDICTION } from './failed-prediction.ts';
import { type OpenLogs, openReading } from './open-logs.ts';
import { quoteText } from './quote.ts';
import { visibleRange } from './visible-range.ts';

const GROUPS = 65_536;

/**
 * Failed and slow predictions of a window in order of time. Of a window with more rows than `limit`, about as many are taken, by the MD5 of their id: the
 * order stays, and so does the place of a change.
 */
export async function readFaults(logs: OpenLogs, { window, asOf, limit, slowMs }: FaultRequest): Promise<FaultStream> {
  const range = visibleRange({ start: epochSeconds(window.start), end: epochSeconds(window.end) }, asOf);
  const { batches } = await openReading(logs, range, epochSeconds(asOf));
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const none = new Float64Array(0);
  if (rows === 0) return { timestamps: none, failed: none, slow: none };
  const { error, latencyMs } = logs.definition.logs.columns;
  const failed = error === undefined ? '0' : FAILED_PREDICTION;
  const slow = latencyMs === undefined || slowMs === null ? '0' : `coalesce(latency > ${Number(slowMs)}, false)::INTEGER`;
  const parts = batches.map(
    (batch) => `SELECT * FROM (SELECT id, ts, ${failed} AS failed, ${slow} AS slow FROM ${batch.relation}) ${timeCondition(batch, range)}`,
  );
  const last = Math.floor((GROUPS * limit) / rows);
  const only = rows <= limit ? '' : `WHERE left(md5(id), 4) < ${quoteText(last.toString(16).padStart(4, '0'))}`;
  const table = await logs.engine.query(
    `SELECT epoch(ts)::DOUBLE AS t, failed::DOUBLE AS failed, slow::DOUBLE AS slow FROM (${parts.join(' UNION ALL ')}) ${only} ORDER BY ts, id`,
  );
  return { timestamps: table.numbers('t'), failed: table.numbers('failed'), slow: table.numbers('slow') };
}
