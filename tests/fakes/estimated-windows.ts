import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { WindowSummary } from '../../pipelines/core/schema/model-state.ts';
import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { daysUntil, reportOf, signalOf, summariesOf } from './policy-world.ts';

/** What one day's estimate and labels said of the days that performance pools. */
export interface PlantedEstimate {
  readonly estimated?: number | null;
  readonly halfWidth?: number;
  readonly realised?: number | null;
  readonly labelled?: number;
  readonly status?: Signal['status'];
  readonly rows?: number;
}

/** Days that end at `end`, each with an estimated and a realised AUC over the `pooled` days up to it. */
export function estimatedDays(end: string, days: readonly PlantedEstimate[], pooled = 1): WindowSummary[] {
  const windows = daysUntil(end, days.length);
  return windows.map((window, index) => {
    const { estimated = 0.7, halfWidth = 0.02, realised = 0.7, rows = 1000, labelled = rows, status = 'ok' } = days[index] ?? {};
    const range = { start: addSeconds(window.end, -pooled * 86_400), end: window.end };
    const interval = estimated === null ? null : { lower: estimated - halfWidth, upper: estimated + halfWidth, level: 0.95 };
    const estimate = {
      ...signalOf('estimated-performance/rocAuc', 'O', window),
      window: range,
      value: estimated,
      interval,
      sampleSize: rows,
      status,
    };
    const measured = { ...signalOf('realised-performance/rocAuc', 'O', window), window: range, value: realised, sampleSize: labelled };
    const [summary] = summariesOf(reportOf({ asOf: window.end, signals: { 'volume/predictions': 'O' } }));
    if (summary === undefined) throw new RangeError('a day was expected');
    return { ...summary, signals: [estimate, measured] };
  });
}
