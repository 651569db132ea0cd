import type { SignalKind } from '../schema/signal.ts';
import { SIGNAL_KIND_WORDS } from './incident-title.ts';
import type { QualityRow } from './quality-view.ts';
import type { ModelSource } from './site-source.ts';

const PARTS: readonly SignalKind[] = ['slice-performance', 'fairness', 'label-agreement'];

/** Slices, protected groups and the agreement of annotators in the newest window, alerts first. Empty for a model that watches neither. */
export function partRows(model: ModelSource): QualityRow[] {
  const newest = model.state?.windows.at(-1)?.signals ?? [];
  const rows = newest.flatMap((signal) =>
    PARTS.includes(signal.kind) ? [{ what: SIGNAL_KIND_WORDS[signal.kind], subject: signal.subject, signal }] : [],
  );
  const rank = { alert: 0, warning: 1, 'insufficient-data': 2, ok: 3 } as const;
  return rows.toSorted((a, b) => rank[a.signal.status] - rank[b.signal.status]);
}
