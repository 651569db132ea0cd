import type { Signal, SignalKind } from '../schema/signal.ts';
import { SIGNAL_KIND_WORDS } from './incident-title.ts';
import type { ModelSource } from './site-source.ts';

const QUALITY: readonly SignalKind[] = [
  'schema',
  'unit-slip',
  'missing-values',
  'unseen-values',
  'folded-values',
  'out-of-range',
  'serving-skew',
  'data-quality',
  'duplicates',
  'clock',
  'freshness',
  'volume',
  'latency',
  'errors',
];

/** One measure of data quality or service in the newest window. */
export interface QualityRow {
  readonly what: string;
  readonly subject: string;
  readonly signal: Signal;
}

/** Data quality and service of the newest window, alerts first. */
export function qualityRows(model: Pick<ModelSource, 'state'>): QualityRow[] {
  const newest = model.state?.windows.at(-1)?.signals ?? [];
  const rows = newest.flatMap((signal) =>
    QUALITY.includes(signal.kind) ? [{ what: SIGNAL_KIND_WORDS[signal.kind], subject: signal.subject, signal }] : [],
  );
  const rank = { alert: 0, warning: 1, 'insufficient-data': 2, ok: 3 } as const;
  return rows.toSorted((a, b) => rank[a.signal.status] - rank[b.signal.status]);
}
