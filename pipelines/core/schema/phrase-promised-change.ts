import { metricDigits, metricName } from './phrase-metric.ts';
import { phraseChange, phraseCount, phraseQuantity } from './phrase-number.ts';
import type { PromisedChange } from './promised-change.ts';

/** A change of windows in one sentence, with what may be said of it however often one looks. */
export function phrasePromisedChange({ metric, change, interval, windows, referenceWindows }: PromisedChange): string {
  const digits = metricDigits(metric, change);
  const say = (value: number) => phraseChange(value, digits);
  const said = `By window, ${metricName(metric)} has changed by ${say(change)} (${phraseQuantity(windows, 'window')} against ${phraseCount(referenceWindows)} in which it was promised)`;
  if (interval === null) return `${said}; so few windows leave any change possible.`;
  const level = `${Math.round(100 * interval.level)} %`;
  return `${said}; ${say(interval.lower)} to ${say(interval.upper)} at ${level}, however often one looks.`;
}
