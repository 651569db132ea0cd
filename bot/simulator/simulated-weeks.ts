import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';

/** A week of simulated production; weeks count from 1. */
export interface SimulatedWeek {
  readonly number: number;
  readonly window: Window;
}

/** The flights begin on a Monday. */
const FLIGHTS = { firstDay: '2001-01-01T00:00:00Z', weeks: 26 };
const WEEK_SECONDS = 7 * 86_400;

/** Weeks from a first day on; without one the 26 weeks that the flights cover, Monday to Sunday. */
export function simulatedWeeks({ firstDay, weeks } = FLIGHTS): readonly SimulatedWeek[] {
  return Array.from({ length: weeks }, (_, index) => {
    const start = addSeconds(firstDay, index * WEEK_SECONDS);
    return { number: index + 1, window: { start, end: addSeconds(start, WEEK_SECONDS) } };
  });
}
