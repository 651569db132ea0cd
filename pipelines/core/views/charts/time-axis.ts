import { epochSeconds, type Instant, instantFromEpoch } from '../../schema/instant.ts';
import type { Window } from '../../schema/window.ts';
import { phraseDayOfMonth } from '../phrase-instant.ts';

export interface TimeTick {
  readonly at: Instant;
  readonly label: string;
}

const DAY = 86_400;
const STEP_DAYS = [1, 2, 7, 14];

/**
 * At most `count` ticks on a true time axis: the first of months when the range is long, otherwise every 1, 2, 7 or 14 days.
 * The first tick names the year.
 */
export function timeTicks(range: Window, count: number): TimeTick[] {
  const days = (epochSeconds(range.end) - epochSeconds(range.start)) / DAY;
  const step = STEP_DAYS.find((length) => days / length <= count);
  const instants = step === undefined ? monthStarts(range, count) : daySteps(range, step);
  return instants.map((at, index) => ({ at, label: index === 0 ? `${phraseDayOfMonth(at)} ${at.slice(0, 4)}` : phraseDayOfMonth(at) }));
}

function daySteps(range: Window, step: number): Instant[] {
  const start = Math.ceil(epochSeconds(range.start) / DAY) * DAY;
  const end = epochSeconds(range.end);
  const instants: Instant[] = [];
  for (let second = start; second <= end; second += step * DAY) instants.push(instantFromEpoch(second));
  return instants;
}

function monthStarts(range: Window, count: number): Instant[] {
  const first = monthNumber(range.start) + (range.start.slice(8, 10) === '01' ? 0 : 1);
  const last = monthNumber(range.end);
  const stride = [1, 2, 3, 6, 12, 24].find((months) => (last - first + 1) / months <= count) ?? 60;
  const instants: Instant[] = [];
  for (let month = first; month <= last; month += stride) instants.push(monthInstant(month));
  return instants;
}

function monthNumber(instant: Instant): number {
  return Number(instant.slice(0, 4)) * 12 + Number(instant.slice(5, 7)) - 1;
}

function monthInstant(month: number): Instant {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01T00:00:00Z`;
}
