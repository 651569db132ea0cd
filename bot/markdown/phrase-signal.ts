import type { Signal } from '../../pipelines/core/schema/signal.ts';
import { metricDigits } from '../../pipelines/core/views/phrase-metric.ts';
import { phraseCount, phraseInterval, phraseNumber, phraseShare } from '../../pipelines/core/views/phrase-number.ts';
import { markdownText } from './markdown-text.ts';

const SHARES: ReadonlySet<Signal['kind']> = new Set([
  'missing-values',
  'unseen-values',
  'out-of-range',
  'data-quality',
  'schema',
  'unit-slip',
  'duplicates',
  'clock',
  'serving-skew',
  'folded-values',
  'errors',
]);

/** A value in the unit of its signal. */
export function phraseSignalValue(signal: Pick<Signal, 'kind' | 'subject'>, value: number | null): string {
  if (value === null) return 'not computed';
  if (SHARES.has(signal.kind)) return phraseShare(value);
  if (signal.kind === 'latency') return `${phraseNumber(value, 1)} ms`;
  return phraseNumber(value, metricDigits(signal.subject, value));
}

/** '0.610 (95 % 0.604 to 0.616, n 112,034)' */
export function phraseMeasurement(signal: Signal): string {
  const value = phraseSignalValue(signal, signal.value);
  const interval =
    signal.interval === null
      ? ''
      : `${phraseNumber(signal.interval.level * 100, 0)} % ${phraseInterval(signal.interval, metricDigits(signal.subject, signal.value))}, `;
  return `${value} (${interval}n ${phraseCount(signal.sampleSize)})`;
}

/** 'bad when below 0.640: promise less tolerated drop' */
export function phraseThreshold(signal: Signal): string {
  if (signal.threshold === null) return 'none';
  const side = signal.threshold.operator === '>' ? 'above' : 'below';
  return `bad when ${side} ${phraseSignalValue(signal, signal.threshold.level)}: ${markdownText(signal.threshold.rule, 160)}`;
}
