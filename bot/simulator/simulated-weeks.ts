import { addSeconds } from '../../pipelines/core/schema/instant.ts';
import type { Window } from '../../pipelines/core/schema/window.ts';

/** A week of simulated production; weeks count from 1. */
export interface SimulatedWeek {
  readonly number: number;
  readonly window: Window;
}

const FIRST_DAY = '2001-01-01T00:00:00Z';
const WEEKS = 26;
const WEEK_SECONDS = 7 * 86_400;

/** The 26 weeks that the flights cover, Monday to Sunday. */
export function simulatedWeeks(): readonly SimulatedWeek[] {
  return Array.from({ length: WEEKS }, (_, index) => {
    const start = addSeconds(FIRST_DAY, index * WEEK_SECONDS);
    return { number: index + 1, window: { start, end: addSeconds(start, WEEK_SECONDS) } };
  });
}
