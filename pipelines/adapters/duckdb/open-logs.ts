import type { ModelDefinition } from '../../core/schema/model-definition.ts';
import type { Batch, TimeRange } from './batch.ts';
import type { CheckedLog } from './checked-batches.ts';
import type { Engine } from './engine.ts';
import { type ArrivedLabels, EARLY_SEARCH, type LabelReader } from './label-reader.ts';
import type { LogCatalog } from './log-catalog.ts';
import { quoteTime } from './quote.ts';

/** What the two logs of a model are read with. */
export interface OpenLogs {
  readonly engine: Engine;
  readonly definition: ModelDefinition;
  readonly predictions: LogCatalog;
  readonly checked: CheckedLog;
  /** Null when the prediction log carries its labels. */
  readonly labels: LabelReader | null;
  /** Throws where the prediction log carries labels of which none has a known value. */
  readonly requireInlineLabels: () => Promise<void>;
}

/** A range of predictions and the labels that had arrived for it. */
export interface Reading {
  readonly range: TimeRange;
  readonly batches: readonly Batch[];
  readonly labels: ArrivedLabels;
  /** asOf in seconds since the epoch. */
  readonly asOf: number;
}

const NO_LABELS: ArrivedLabels = { relation: null, problems: [] };

/** Finds what has to be read for a range. */
export async function openReading(logs: OpenLogs, range: TimeRange, asOf: number): Promise<Reading> {
  const batches = await logs.checked.batches(range);
  if (logs.labels === null) await logs.requireInlineLabels();
  const labels = (await logs.labels?.arrived({ since: range.start - EARLY_SEARCH, asOf })) ?? NO_LABELS;
  return { range, batches, labels, asOf };
}

/** The part of a reading that lies in a smaller range: fewer batches, and only labels that can belong to them. */
export function narrowed(reading: Reading, range: TimeRange, timed: boolean): Reading {
  const batches = reading.batches.filter((batch) => batch.first < range.end && batch.last >= range.start);
  const { relation } = reading.labels;
  if (!timed || relation === null) return { ...reading, range, batches };
  const labels = `(SELECT * FROM ${relation} WHERE arrived >= ${quoteTime(range.start - EARLY_SEARCH)})`;
  return { ...reading, range, batches, labels: { ...reading.labels, relation: labels } };
}
