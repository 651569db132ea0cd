import { epochSeconds, type Instant, instantFromEpoch } from '../schema/instant.ts';
import type { Window } from '../schema/window.ts';
import { phraseQuantity } from './phrase-number.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY = 86_400;
const HOUR = 3600;

/** `phraseDay('2001-04-20T00:00:00Z')` // => '20 Apr 2001' */
export function phraseDay(instant: Instant): string {
  return `${phraseDayOfMonth(instant)} ${instant.slice(0, 4)}`;
}

/** `phraseDayOfMonth('2001-04-20T00:00:00Z')` // => '20 Apr' */
export function phraseDayOfMonth(instant: Instant): string {
  return `${Number(instant.slice(8, 10))} ${MONTHS[Number(instant.slice(5, 7)) - 1] ?? ''}`;
}

/** `phraseInstant('2001-04-20T06:30:00Z')` // => '20 Apr 2001, 06:30 UTC' */
export function phraseInstant(instant: Instant): string {
  return `${phraseDay(instant)}, ${instant.slice(11, 16)} UTC`;
}

/** A length of time in its two largest units: '3 days 4 hours', '2 hours 5 minutes'; under a minute '0 minutes'. */
export function phraseSeconds(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / 60);
  if (days > 0) return hours === 0 ? phraseQuantity(days, 'day') : `${phraseQuantity(days, 'day')} ${phraseQuantity(hours, 'hour')}`;
  if (hours > 0)
    return minutes === 0 ? phraseQuantity(hours, 'hour') : `${phraseQuantity(hours, 'hour')} ${phraseQuantity(minutes, 'minute')}`;
  return phraseQuantity(minutes, 'minute');
}

/** The time from one instant to a later one, in words. */
export function phraseBetween(from: Instant, to: Instant): string {
  return phraseSeconds(epochSeconds(to) - epochSeconds(from));
}

/** A half-open window by its first and last day: '1 Mar to 7 Mar 2001'; one day: '1 Mar 2001'; finer windows by the hour. */
export function phraseWindow(window: Window): string {
  const wholeDays = window.start.endsWith('T00:00:00Z') && window.end.endsWith('T00:00:00Z');
  if (!wholeDays) return `${phraseInstant(window.start)} to ${phraseInstant(window.end)}`;
  const lastDay = instantFromEpoch(Math.max(epochSeconds(window.start), epochSeconds(window.end) - 1));
  if (lastDay.slice(0, 10) === window.start.slice(0, 10)) return phraseDay(window.start);
  const sameYear = lastDay.slice(0, 4) === window.start.slice(0, 4);
  return `${sameYear ? phraseDayOfMonth(window.start) : phraseDay(window.start)} to ${phraseDay(lastDay)}`;
}
