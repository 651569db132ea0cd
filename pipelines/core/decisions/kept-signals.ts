import type { Signal, SignalKind } from '../schema/signal.ts';

/** Kinds that pages draw over the whole history. */
const DRAWN: ReadonlySet<SignalKind> = new Set([
  'data-drift',
  'prediction-drift',
  'multivariate-drift',
  'vocabulary',
  'realised-performance',
  'estimated-performance',
  'volume',
  'business-value',
]);

/** What an old window keeps: everything that is drawn, and everything that was not in order. An `ok` of a quality check is only counted, by its absence. */
export function keptSignals(signals: readonly Signal[]): Signal[] {
  return signals.filter(({ kind, status }) => status !== 'ok' || DRAWN.has(kind));
}
