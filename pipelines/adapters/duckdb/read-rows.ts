import { epochSeconds } from '../../core/schema/instant.ts';
import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { RowTable } from '../../core/schema/row-table.ts';
import type { RowRequest } from '../../ports/prediction-log.ts';
import { joinedRows } from './joined-rows.ts';
import { classPlace } from './label-values.ts';
import { type ProfiledColumn, probabilityName, profiledColumns } from './log-fields.ts';
import { type OpenLogs, openReading } from './open-logs.ts';
import { quoteName, quoteText } from './quote.ts';
import { visibleRange } from './visible-range.ts';

/** Digits of the MD5 by which rows are first told apart: 65,536 groups. */
const DIGITS = 4;

/**
 * Rows of a range with their labels, in order of id. When there are more than `limit`, those with the smallest MD5 of their id are taken:
 * the same rows at every run and under every engine version, whatever else is in the log. Memory grows with the limit, not with the log.
 */
export async function readRows(logs: OpenLogs, request: RowRequest): Promise<RowTable> {
  const asOf = epochSeconds(request.asOf);
  const whole = { start: epochSeconds(request.range.start), end: epochSeconds(request.range.end) };
  const reading = await openReading(logs, visibleRange(whole, request.asOf), asOf);
  const { labelledOnly } = request;
  const join = { ...reading, definition: logs.definition, labels: reading.labels.relation, labelledOnly };
  const limit = Math.floor(request.limit);
  const most = reading.batches.reduce((sum, batch) => sum + batch.rows, 0);
  const ids = most > limit ? joinedRows({ ...join, columns: 'id, ts' }) : null;
  const only = ids === null ? null : await sampleCondition(logs, ids, limit);
  const rows = joinedRows({ ...join, columns: selected(logs).join(', '), ...(only === null ? {} : { only }) });
  if (rows === null || limit <= 0) return tableOf(logs, 0, { numbers: () => new Float64Array(0), texts: () => [] });
  const chosen = only === null ? rows : `(SELECT * FROM ${rows} ORDER BY md5(id), id, ts LIMIT ${limit})`;
  const result = await logs.engine.query(`SELECT * EXCLUDE (arrived, ts), epoch(ts)::DOUBLE AS t FROM ${chosen} ORDER BY id, ts`);
  return tableOf(logs, result.rowCount, result);
}

/** The condition that leaves hardly more than `limit` rows; null when no row has to go. */
async function sampleCondition({ engine }: OpenLogs, ids: string, limit: number): Promise<string | null> {
  const group = `left(md5(id), ${DIGITS})`;
  const table = await engine.query(`SELECT ${group} AS digits, count(*)::DOUBLE AS n FROM ${ids} GROUP BY digits ORDER BY digits`);
  const counts = table.numbers('n');
  let rows = 0;
  for (const [index, digits] of table.texts('digits').entries()) {
    rows += counts[index] ?? 0;
    if (rows >= limit && index + 1 < table.rowCount) return `${group} <= ${quoteText(digits ?? '')}`;
  }
  return rows > limit ? 'true' : null;
}

function selected({ definition }: OpenLogs): readonly string[] {
  const version = definition.logs.columns.modelVersion === undefined ? 'NULL::VARCHAR AS version' : "NULLIF(version, '') AS version";
  const columns = profiledColumns(definition).map(({ column, as }) =>
    column.kind === 'numeric' ? `${quoteName(as)}::DOUBLE AS ${quoteName(as)}` : `NULLIF(${quoteName(as)}, '') AS ${quoteName(as)}`,
  );
  const { prediction } = definition.logs.columns;
  const predicted = prediction === undefined ? 'NULL::SMALLINT' : classPlace('prediction', definition.labels.classes ?? []);
  const probabilities = probabilityClasses(definition).map((_, index) => `${probabilityName(index)}::DOUBLE AS ${probabilityName(index)}`);
  return ['id', 'ts', 'score::DOUBLE AS score', `${predicted} AS predicted`, version, ...probabilities, ...columns];
}

interface Columns {
  numbers(name: string): Float64Array;
  texts(name: string): readonly (string | null)[];
}

function probabilityClasses({ logs }: ModelDefinition): readonly string[] {
  return Object.keys(logs.columns.probabilities ?? {});
}

function tableOf({ definition }: OpenLogs, count: number, result: Columns): RowTable {
  const columns = profiledColumns(definition);
  const of = <T>(kind: ProfiledColumn['column']['kind'], read: (as: string) => T) =>
    Object.fromEntries(columns.filter(({ column }) => column.kind === kind).map(({ column, as }) => [column.name, read(as)] as const));
  return {
    ids: result.texts('id').map((id) => id ?? ''),
    timestamps: result.numbers('t'),
    numeric: of('numeric', (as) => result.numbers(as)),
    categorical: of('categorical', (as) => result.texts(as)),
    texts: of('text', (as) => result.texts(as)),
    scores: result.numbers('score'),
    predicted: result.numbers('predicted'),
    probabilities: Object.fromEntries(probabilityClasses(definition).map((name, index) => [name, result.numbers(probabilityName(index))])),
    versions: count === 0 ? [] : result.texts('version'),
    labels: result.numbers('y'),
  };
}
