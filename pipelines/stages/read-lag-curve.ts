import { learnLagCurve } from '../core/profile/learn-lag-curve.ts';
import { durationSeconds } from '../core/schema/duration.ts';
import { addSeconds, epochSeconds } from '../core/schema/instant.ts';
import type { LagCurve } from '../core/schema/lag-curve.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { TrainingSpec } from '../core/schema/training-spec.ts';
import type { LabelLog } from '../ports/label-log.ts';
import { windowsBackFrom } from './windows-back-from.ts';

/** Labels later than a quarter are not waited for. */
const LONGEST_LAG = 91 * 86_400;

/**
 * How late labels come, as far as a version can know when it is made: from the held-out range and the quarter before its end, because short held-out
 * ranges never show long lags. null where labels have no time of arrival.
 */
export async function readLagCurve(labels: LabelLog, definition: ModelDefinition, spec: TrainingSpec): Promise<LagCurve | null> {
  if (definition.labels.columns.timestamp === undefined) return null;
  const { start, end } = spec.heldOut;
  const quarter = addSeconds(end, -LONGEST_LAG);
  const length = durationSeconds(definition.monitoring.window);
  const from = epochSeconds(quarter) < epochSeconds(start) ? quarter : start;
  const windows = windowsBackFrom(end, from, length);
  return windows.length === 0 ? null : learnLagCurve(await labels.arrivals(windows, spec.asOf), spec.asOf);
}
