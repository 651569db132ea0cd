import type { Interval } from '../schema/interval.ts';
import { phraseNumber } from './phrase-number.ts';

/** '95 %', '97.5 %': how sure an interval is, with a digit after the point only where there is one. */
export function phraseLevel({ level }: Interval): string {
  const percent = level * 100;
  return `${phraseNumber(percent, Math.abs(percent - Math.round(percent)) < 0.05 ? 0 : 1)} %`;
}
