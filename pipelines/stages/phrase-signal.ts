import { phraseQuantity } from '../core/schema/phrase-number.ts';
import type { Signal } from '../core/schema/signal.ts';

const DIGITS = 4;

/** A signal in one line: value, interval, p value, threshold with its rule, sample size, status. */
export function phraseSignal(signal: Signal): string {
  const { interval, threshold, pValue, reference } = signal;
  const parts = [
    `value ${figure(signal.value)}`,
    ...(interval === null ? [] : [`${Math.round(interval.level * 100)} % interval ${figure(interval.lower)} to ${figure(interval.upper)}`]),
    ...(reference === null ? [] : [`reference ${figure(reference)}`]),
    ...(pValue === null ? [] : [`p ${pValue.toPrecision(2)}`]),
    ...(threshold === null ? [] : [`bad when ${threshold.operator} ${figure(threshold.level)} (${threshold.rule})`]),
    phraseQuantity(signal.sampleSize, 'row'),
  ];
  return `signal ${signal.id}: ${signal.status}; ${parts.join(', ')}; ${signal.method}`;
}

function figure(value: number | null): string {
  return value === null ? 'none' : String(Number(value.toFixed(DIGITS)));
}
