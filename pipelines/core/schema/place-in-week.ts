import { epochSeconds } from './instant.ts';
import type { Window } from './window.ts';

export const SECONDS_PER_WEEK = 604_800;

/** Seconds from the start of a week (Thursdays, as the epoch began) to the start of a window: windows of the same weekday and hour share it. */
export function placeInWeek({ start }: Pick<Window, 'start'>): number {
  return ((epochSeconds(start) % SECONDS_PER_WEEK) + SECONDS_PER_WEEK) % SECONDS_PER_WEEK;
}
