import type { Interval } from '../schema/interval.ts';
import type { SignalStatus } from '../schema/signal.ts';
import { binomialUpperTail } from '../statistics/distributions/binomial-upper-tail.ts';
import { wilsonInterval } from '../statistics/intervals/wilson-interval.ts';

/** Bad rows of all rows. */
export interface Share {
  readonly bad: number;
  readonly rows: number;
}

/** Bad rows of all rows, held against the largest share that is allowed. */
export interface JudgedShare {
  readonly value: number;
  readonly interval: Interval;
  readonly status: SignalStatus;
}

/**
 * Alert when so many bad rows have at most this chance where the allowed share is kept (exact binomial tail: Wilson's bound alerts too often of few), warning when only
 * the share itself is larger. `chance`: see `alarmChance`. Requires at least one row.
 */
export function judgeShare({ bad, rows }: Share, allowed: number, chance: number): JudgedShare {
  const value = bad / rows;
  const interval = wilsonInterval(bad, rows);
  const status =
    value <= allowed ? 'ok' : binomialUpperTail({ successes: bad - 1, trials: rows, probability: allowed }) <= chance ? 'alert' : 'warning';
  return { value, interval, status };
}
