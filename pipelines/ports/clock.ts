import type { Instant } from '../core/schema/instant.ts';

/** Two clocks that never mix: `asOf` for windows, cooldowns, budgets and incidents; `wall` for leases, tokens and time-outs. */
export interface Clock {
  asOf(): Instant;
  wall(): Instant;
}
