import type { Instant } from '../schema/instant.ts';
import type { SignalStatus } from '../schema/signal.ts';
import type { ModelSource } from './site-source.ts';

export interface VolumePoint {
  readonly at: Instant;
  readonly rows: number;
  readonly labelled: number;
  readonly quarantined: number;
  readonly status: SignalStatus;
}

/** How much there was to measure. */
export interface VolumeView {
  readonly points: readonly VolumePoint[];
  readonly latest: VolumePoint | null;
  readonly why: string | null;
}

export function volumeView(model: ModelSource): VolumeView {
  const windows = model.state?.windows ?? [];
  const points = windows.map((summary) => ({
    at: summary.window.end,
    rows: summary.rows,
    labelled: summary.labelled,
    quarantined: Object.values(summary.quarantined).reduce((sum, count) => sum + count, 0),
    status: summary.signals.find((signal) => signal.kind === 'volume')?.status ?? ('insufficient-data' as const),
  }));
  const why = windows.at(-1)?.signals.find((signal) => signal.kind === 'volume')?.why ?? null;
  return { points, latest: points.at(-1) ?? null, why };
}
