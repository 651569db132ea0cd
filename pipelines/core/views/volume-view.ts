import type { Instant } from '../schema/instant.ts';
import type { Signal, SignalStatus } from '../schema/signal.ts';
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
    status: worstOfVolume(summary.signals)?.status ?? ('insufficient-data' as const),
  }));
  const why = worstOfVolume(windows.at(-1)?.signals ?? [])?.why ?? null;
  return { points, latest: points.at(-1) ?? null, why };
}

const RANK: Readonly<Record<SignalStatus, number>> = { alert: 3, warning: 2, ok: 1, 'insufficient-data': 0 };

/** The worst statement about how many rows came and when: in all, by day, by hour. Of equals the first. */
function worstOfVolume(signals: readonly Signal[]): Signal | undefined {
  const found = signals.filter(({ kind }) => kind === 'volume');
  return found.toSorted((a, b) => RANK[b.status] - RANK[a.status])[0];
}
