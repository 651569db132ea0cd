import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import { type Batch, type TimeRange, timeCondition } from './batch.ts';
import { isNear, isTooEarly } from './label-reader.ts';
import { labelValue } from './label-values.ts';
import { hasInlineLabels } from './log-fields.ts';
import { quoteTime } from './quote.ts';
import { soundPrediction } from './sound-rows.ts';

export interface JoinRequest {
  readonly definition: ModelDefinition;
  readonly batches: readonly Batch[];
  /** Only rows inside are joined. */
  readonly range: TimeRange;
  /** Seconds since the epoch. */
  readonly asOf: number;
  /** Arrived labels of a label log of its own; null when there is none, or when labels are inline. */
  readonly labels: string | null;
  /** Leaves out rows without a label. */
  readonly labelledOnly: boolean;
  /** Select list over the batches; holds at least `id` and `ts` where labels lie apart. */
  readonly columns: string;
  /** Keeps rows whose label was stamped too early, but near enough to be counted here, with `early` true. Otherwise they have no label. */
  readonly keepEarly?: boolean;
  /** A further condition on rows of the prediction log, in SQL. */
  readonly only?: string;
}

/** Rows of the prediction log with their labels, in SQL: the columns asked for, y (see `labelValue`; or NULL), arrived and early. Null when there are no rows. */
export function joinedRows(request: JoinRequest): string | null {
  const { definition, batches, labels, labelledOnly } = request;
  if (batches.length === 0) return null;
  if (hasInlineLabels(definition)) {
    const rows = unionOf(
      request,
      `${request.columns}, ${inlineLabel(definition, request.asOf)} AS y, ${inlineArrival(definition)} AS arrived, false AS early`,
    );
    return labelledOnly ? `(SELECT * FROM ${rows} WHERE y IS NOT NULL)` : rows;
  }
  const rows = unionOf(request, request.columns);
  if (labels === null) return labelledOnly ? null : `(SELECT *, NULL::TINYINT AS y, NULL::TIMESTAMP AS arrived FROM ${rows})`;
  const join = labelledOnly ? 'JOIN' : 'LEFT JOIN';
  if (definition.labels.columns.timestamp === undefined)
    return `(SELECT p.*, l.y, l.arrived, false AS early FROM ${rows} p ${join} ${labels} l ON l.id = p.id)`;
  const early = isTooEarly('l.arrived', 'p.ts');
  return request.keepEarly === true
    ? `(SELECT p.*, l.y, l.arrived, ${early} AS early FROM ${rows} p ${join} ${labels} l ON l.id = p.id AND ${isNear('l.arrived', 'p.ts')})`
    : `(SELECT p.*, l.y, l.arrived FROM ${rows} p ${join} ${labels} l ON l.id = p.id AND NOT (${early}))`;
}

function unionOf({ definition, batches, range, only }: JoinRequest, columns: string): string {
  const condition = `WHERE ${soundPrediction(definition)}${only === undefined ? '' : ` AND ${only}`}`;
  const parts = batches.map(
    (batch) => `SELECT ${columns} FROM (SELECT * FROM ${batch.relation} ${condition}) ${timeCondition(batch, range)}`,
  );
  return `(${parts.join(' UNION ALL ')})`;
}

function inlineLabel(definition: ModelDefinition, asOf: number): string {
  const value = labelValue('label', definition);
  if (definition.labels.columns.timestamp === undefined) return value;
  return `CASE WHEN label_ts <= ${quoteTime(asOf)} AND NOT (${isTooEarly('label_ts', 'ts')}) THEN ${value} END`;
}

function inlineArrival(definition: ModelDefinition): string {
  return definition.labels.columns.timestamp === undefined ? 'ts' : 'label_ts';
}

/** Inline labels that cannot be used, in SQL: a reason, or NULL. A label without a readable arrival time is not counted as arrived. */
export function inlineProblem(definition: ModelDefinition, asOf: number): string {
  const timed = definition.labels.columns.timestamp !== undefined;
  const untimed = timed ? "WHEN label_ts IS NULL THEN 'bad-timestamp'" : '';
  const visible = timed ? `label_ts <= ${quoteTime(asOf)} AND` : '';
  const early = timed ? `WHEN ${isTooEarly('label_ts', 'ts')} THEN 'label-before-prediction'` : '';
  return `CASE WHEN label IS NULL OR label = '' THEN NULL ${untimed} WHEN ${visible} (${labelValue('label', definition)}) IS NULL THEN 'bad-label' ${early} END`;
}
