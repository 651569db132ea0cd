import { type PartEvidence, partSignals, watchesParts } from '../core/evaluation/part-signals.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Signal } from '../core/schema/signal.ts';
import type { Window } from '../core/schema/window.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';

export interface PartsTask {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly log: PredictionLog;
  readonly asOf: Instant;
}

/** Statements about slices and groups of one window. `signals`: what was measured of it otherwise. */
export type PartsReader = (profile: WindowProfile, signals: readonly Signal[]) => Promise<readonly Signal[]>;

/**
 * The windows whose labels are due: as many as realised performance pools, up to the newest window that ended one usual label delay before this one's end; none of the reference range. The window itself while there is none.
 */
export function ripeRange(definition: ModelDefinition, reference: ReferenceProfile, window: Window): Window {
  const length = durationSeconds(definition.monitoring.window);
  const late = Math.ceil(durationSeconds(definition.labels.delay) / length);
  const end = addSeconds(window.end, -late * length);
  const start = addSeconds(end, -length * definition.monitoring.performanceWindows);
  const from = start < reference.range.end ? reference.range.end : start;
  return from < end ? { start: from, end } : window;
}

/**
 * Reads the rows of the ripe windows and measures declared slices and protected groups, for a definition that has any. For the others rows are read only where realised performance is out of order: then the
 * slices with the largest losses say where. At most monitoring.sampleRows rows, in memory only.
 */
export function partsReader({ definition, reference, log, asOf }: PartsTask): PartsReader {
  return async (profile, signals) => {
    const hurts = signals.some(({ kind, status }) => kind === 'realised-performance' && (status === 'alert' || status === 'warning'));
    const find = hurts && definition.monitoring.slices.find;
    if (!watchesParts(definition) && !find) return [];
    const measured = ripeRange(definition, reference, profile.window);
    const rows = await log.rows({ range: measured, asOf, limit: definition.monitoring.sampleRows, labelledOnly: false });
    const evidence: PartEvidence = { definition, reference, profile, measured, rows, find };
    return partSignals(evidence);
  };
}
