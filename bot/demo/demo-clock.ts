import { addSeconds, type Instant } from '../../pipelines/core/schema/instant.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';

/** Simulated `asOf`, set week by week, beside the real wall clock. */
export interface DemoClock extends Clock {
  setAsOf(instant: Instant): void;
}

/** A clock whose asOf stands still until it is set. */
export function demoClock(start: Instant): DemoClock {
  let asOf = start;
  return {
    asOf: () => asOf,
    wall: () => addSeconds('1970-01-01T00:00:00Z', Date.now() / 1000),
    setAsOf: (instant) => {
      asOf = instant;
    },
  };
}
