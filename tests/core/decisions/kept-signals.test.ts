import { describe, expect, it } from 'vitest';
import { keptSignals } from '../../../pipelines/core/decisions/kept-signals.ts';
import type { Signal, SignalKind, SignalStatus } from '../../../pipelines/core/schema/signal.ts';

function signal(kind: SignalKind, status: SignalStatus): Signal {
  const window = { start: '2001-01-01T00:00:00Z', end: '2001-01-02T00:00:00Z' };
  return {
    id: `${kind}/x`,
    kind,
    subject: 'x',
    method: 'm',
    window,
    modelVersion: null,
    value: 1,
    reference: null,
    interval: null,
    pValue: null,
    threshold: null,
    sampleSize: 1,
    status,
    why: 'w',
  };
}

describe('what an old window keeps', () => {
  it('is what charts draw, and what was not in order', () => {
    const signals = [
      signal('data-drift', 'ok'),
      signal('missing-values', 'ok'),
      signal('missing-values', 'alert'),
      signal('unseen-values', 'insufficient-data'),
      signal('realised-performance', 'ok'),
    ];

    expect(keptSignals(signals).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'data-drift ok',
      'missing-values alert',
      'unseen-values insufficient-data',
      'realised-performance ok',
    ]);
  });
});
