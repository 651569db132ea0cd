import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseNumber } from '../schema/phrase-number.ts';
import type { Signal } from '../schema/signal.ts';
import { measuresRowsOf } from './measures-rows-of.ts';

/** Share of the estimated rows whose labels must be in. */
const LABELS_SPEAK = 0.5;

/** Whether labels have shown an estimate of harm to be wrong: the metric was measured on most of its rows, and is as promised. */
export function isRefuted(estimate: Signal, realised: Signal | undefined): boolean {
  if (estimate.kind !== 'estimated-performance' || (estimate.status !== 'alert' && estimate.status !== 'warning')) return false;
  return (
    realised?.status === 'ok' && measuresRowsOf(realised, estimate.window) && realised.sampleSize >= LABELS_SPEAK * estimate.sampleSize
  );
}

/**
 * The statements of one window, in which an estimate does not warn of what labels of the same rows deny: its figures stay, its status is `ok`, and it says why. An
 * estimate made before its labels came is not rewritten where it is kept: it is how estimates are scored; this is how it is read.
 */
export function settledByLabels(signals: readonly Signal[]): Signal[] {
  return signals.map((signal) => {
    const realised = signals.find(({ kind, subject }) => kind === 'realised-performance' && subject === signal.subject);
    return realised !== undefined && isRefuted(signal, realised) ? settled(signal, realised) : signal;
  });
}

function settled(estimate: Signal, { subject, value }: Signal): Signal {
  const figure = value === null ? '' : ` (${phraseNumber(value, metricDigits(subject, value))})`;
  const why = `${estimate.why} Labels of these rows are in: realised ${metricName(subject)}${figure} is as promised, so this warns of nothing.`;
  return { ...estimate, status: 'ok', why };
}
