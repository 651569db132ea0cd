import type { Interval } from '../schema/interval.ts';
import type { SignalStatus } from '../schema/signal.ts';
import { wilsonInterval } from '../statistics/intervals/wilson-interval.ts';

/** Bad rows of all rows, held against the largest share that is allowed. */
export interface JudgedShare {
  readonly value: number;
  readonly interval: Interval;
  readonly status: SignalStatus;
}

/** Alert when even the lower Wilson bound is above the allowed share, warning when only the share itself is. Requires at least one row. */
export function judgeShare(bad: number, rows: number, allowed: number): JudgedShare {
  const value = bad / rows;
  const interval = wilsonInterval(bad, rows);
  const status = interval.lower > allowed ? 'alert' : value > allowed ? 'warning' : 'ok';
  return { value, interval, status };
}
