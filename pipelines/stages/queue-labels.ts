import { type LabellingQueue, labellingQueue } from '../core/evaluation/labelling-queue.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { Window } from '../core/schema/window.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';

export interface QueueTask {
  readonly definition: ModelDefinition;
  readonly log: PredictionLog;
  readonly asOf: Instant;
  readonly count: number;
  readonly randomShare: number;
  /** Monitoring windows, up to the newest, from which rows are taken. */
  readonly windows: number;
}

/** The queue and the rows that it was chosen from; null for a log without rows. */
export interface QueuedLabels {
  readonly range: Window;
  /** Rows that were read: with a label and without. */
  readonly rows: number;
  /** Whether the log holds more, of which these are a sample by hash of id. */
  readonly isSample: boolean;
  readonly queue: LabellingQueue;
}

/** Chooses rows to label among the newest windows of the log. Reads at most monitoring.sampleRows rows, in memory only. */
export async function queueLabels({ definition, log, asOf, count, randomShare, windows }: QueueTask): Promise<QueuedLabels | null> {
  const coverage = await log.coverage(asOf);
  if (coverage === null) return null;
  const length = durationSeconds(definition.monitoring.window);
  const range = { start: addSeconds(coverage.watermark, -windows * length), end: addSeconds(coverage.watermark, 1) };
  const limit = definition.monitoring.sampleRows;
  const table = await log.rows({ range, asOf, limit, labelledOnly: false });
  return {
    range,
    rows: table.ids.length,
    isSample: table.ids.length >= limit,
    queue: labellingQueue({ definition, table, count, randomShare }),
  };
}
