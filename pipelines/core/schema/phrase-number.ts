import type { Interval } from './interval.ts';

const MINUS = '−';

/** A number in British notation with a true minus sign: `phraseNumber(-1234.5, 1)` // => '−1,234.5' */
export function phraseNumber(value: number, digits: number): string {
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = '0', fraction] = fixed.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(fixed) !== 0 ? MINUS : '';
  return fraction === undefined ? `${sign}${grouped}` : `${sign}${grouped}.${fraction}`;
}

/** A count: `phraseCount(112034)` // => '112,034' */
export function phraseCount(value: number): string {
  return phraseNumber(value, 0);
}

/** A count and its noun: `phraseQuantity(1, 'model')` // => '1 model'; `phraseQuantity(2, 'model')` // => '2 models' */
export function phraseQuantity(value: number, singular: string, plural = `${singular}s`): string {
  return `${phraseCount(value)} ${value === 1 ? singular : plural}`;
}

/** The verb that agrees with a count: `phraseVerb(1, 'has', 'have')` // => 'has' */
export function phraseVerb(value: number, singular: string, plural: string): string {
  return value === 1 ? singular : plural;
}

/** A difference, always with its sign: `phraseChange(0.012, 3)` // => '+0.012' */
export function phraseChange(value: number, digits: number): string {
  const text = phraseNumber(value, digits);
  return text.startsWith(MINUS) || Number(value.toFixed(digits)) === 0 ? text : `+${text}`;
}

/** An interval's bounds: '0.604 to 0.616'. */
export function phraseInterval(interval: Interval, digits: number): string {
  return `${phraseNumber(interval.lower, digits)} to ${phraseNumber(interval.upper, digits)}`;
}

/** A share as a percentage: `phraseShare(0.0123)` // => '1.2 %' */
export function phraseShare(share: number): string {
  return `${phraseNumber(share * 100, 1)} %`;
}

/** Money, currency first and unbroken: `phraseMoney(-12.5, 'USD', 2)` // => 'USD −12.50' */
export function phraseMoney(value: number, currency: string | null, digits: number): string {
  const amount = phraseNumber(value, digits);
  return currency === null ? amount : `${currency}\u00a0${amount}`;
}

/** A size in bytes, kilobytes (1,000) or megabytes. */
export function phraseBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${phraseNumber(bytes / 1000, 1)} kB`;
  return `${phraseNumber(bytes / 1_000_000, 1)} MB`;
}
