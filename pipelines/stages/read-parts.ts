import { watchesParts } from '../core/evaluation/watches-parts.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, type Instant } from '../core/schema/instant.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { Signal } from '../core/schema/signal.ts';
import type { Window } from '../core/schema/window.ts';
import type { WindowProfile } from '../core/schema/window-profile.ts';
import type { LabelLog } from '../ports/label-log.ts';
import type { PredictionLog } from '../ports/prediction-log.ts';

export interface PartsTask {
  readonly definition: ModelDefinition;
  readonly reference: ReferenceProfile;
  readonly log: PredictionLog;
  readonly labels: LabelLog;
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

/** Statements about parts of the rows of a window, and about those who label them. In memory only. What makes them is loaded where there are any. */
export function partsReader(task: PartsTask): PartsReader {
  return async (profile, signals) => [...(await partsOf(task, profile, signals)), ...(await agreementOf(task, profile))];
}

/**
 * Declared slices and protected groups on the rows of the ripe windows, for a definition that has any. For the others rows are read only where realised performance is out of order: then the slices with the largest
 * losses say where. At most monitoring.sampleRows rows.
 */
async function partsOf(task: PartsTask, profile: WindowProfile, signals: readonly Signal[]): Promise<Signal[]> {
  const { definition, reference, log, labels, asOf } = task;
  const hurts = signals.some(({ kind, status }) => kind === 'realised-performance' && (status === 'alert' || status === 'warning'));
  const find = hurts && definition.monitoring.slices.find;
  if (!watchesParts(definition) && !find) return [];
  const { partSignals } = await import('../core/evaluation/part-signals.ts');
  const measured = ripeRange(definition, reference, profile.window);
  const limit = definition.monitoring.sampleRows;
  const rows = await log.rows({ range: measured, asOf, limit, labelledOnly: false });
  const sampled = rows.ids.length < limit ? {} : { labelledOfAll: await labels.countLabelled(measured, asOf) };
  return partSignals({ definition, reference, profile, measured, rows, ...sampled, find });
}

/** How well annotators agreed in the opinions of as many windows as realised performance pools. */
async function agreementOf({ definition, reference, labels, asOf }: PartsTask, profile: WindowProfile): Promise<Signal[]> {
  if (definition.labels.columns.annotator === undefined) return [];
  const length = durationSeconds(definition.monitoring.window);
  const { end } = profile.window;
  const measured = { start: addSeconds(end, -length * definition.monitoring.performanceWindows), end };
  const annotations = (await labels.annotations?.(measured, asOf)) ?? null;
  if (annotations === null) return [];
  const { agreementSignal } = await import('../core/evaluation/agreement-signal.ts');
  return [agreementSignal({ definition, reference, profile, measured, annotations })];
}
