import { durationSeconds } from '../schema/duration.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import { SECONDS_PER_WEEK } from '../schema/place-in-week.ts';

/**
 * Seconds over which the scores must be pooled before they may be compared with a reference of whole weeks: the shortest time that is both
 * whole weeks and whole monitoring windows (one week for windows of an hour or a day). null when no column follows the calendar, or when a window
 * is a week or longer.
 */
export function calendarCycle({ columns, monitoring }: ModelDefinition): number | null {
  const length = durationSeconds(monitoring.window);
  const followsCalendar = columns.some(({ calendar, role }) => calendar && role !== 'ignored');
  if (!followsCalendar || length >= SECONDS_PER_WEEK) return null;
  return (length / greatestCommonDivisor(SECONDS_PER_WEEK, length)) * SECONDS_PER_WEEK;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
