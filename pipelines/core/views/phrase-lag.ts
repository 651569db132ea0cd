import { phraseQuantity } from './phrase-number.ts';

const UNITS: readonly (readonly [seconds: number, noun: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];

/** A time from a prediction to its label: `1 minute`, `12 hours`, `10 days`. */
export function phraseLag(seconds: number): string {
  const [size, noun] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second'];
  return phraseQuantity(seconds / size, noun);
}
