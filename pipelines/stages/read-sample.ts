import type { Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { RowSample } from '../core/schema/row-sample.ts';
import type { RowTable } from '../core/schema/row-table.ts';
import type { Window } from '../core/schema/window.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import { wantsSample } from '../core/signals/wants-sample.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';

export interface SampledModel {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly log: PredictionLog;
  readonly asOf: Instant;
}

/** Gives the sample of a window; null when no signal of the model wants one. */
export type SampleReader = (window: Window) => Promise<RowSample | null>;

/**
 * Reads row samples through the log: that of the reference range once a run, when the first window asks, that of a window whenever another one was asked
 * for in between. One window at a time is held in memory, and which rows it gives does not depend on what else the run measures. Nothing is stored.
 */
export function sampleReader({ definition, reference, log, asOf }: SampledModel): SampleReader {
  if (!wantsSample(definition)) return async () => null;
  const limit = definition.monitoring.sampleRows;
  const rowsOf = (range: Window) => log.rows({ range, asOf, limit, labelledOnly: false });
  let before: RowTable | null = null;
  let newest: { readonly start: Instant; readonly rows: RowTable } | null = null;
  return async (window) => {
    before ??= await rowsOf(reference.range);
    if (newest?.start !== window.start) newest = { start: window.start, rows: await rowsOf(window) };
    return { reference: before, window: newest.rows };
  };
}

/** Gives the rows that the performance of a window pools; null when nothing is estimated row by row. */
export type PooledRowsReader = (profiles: readonly WindowProfile[]) => Promise<RowTable | null>;

/**
 * Reads the rows of the windows that performance pools, for a regression whose reference has a loss model: at most `monitoring.sampleRows` of them, by hash of
 * id, so that the cost of a window does not grow with its rows. Nothing is stored.
 */
export function pooledRowsReader({ definition, reference, log, asOf }: SampledModel): PooledRowsReader {
  if (definition.task !== 'regression' || reference.lossModel === undefined) return async () => null;
  return async (profiles) => {
    const [first, last] = [profiles[0], profiles.at(-1)];
    if (first === undefined || last === undefined) return null;
    const range = { start: first.window.start, end: last.window.end };
    return log.rows({ range, asOf, limit: definition.monitoring.sampleRows, labelledOnly: false });
  };
}
