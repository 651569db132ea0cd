import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Duration } from '../../pipelines/core/schema/duration.ts';
import type { BacktestPlan } from '../../pipelines/stages/backtest-result.ts';

export const DATA = resolve(import.meta.dirname, '../../../shared/data');
export const MODELS = resolve(import.meta.dirname, 'real-logs');

/** One real log: version 1 is trained before `trainUntil`, judged until `referenceUntil` (the end of the reference period that data/README.md suggests). */
export interface RealLog {
  readonly name: string;
  readonly plan: BacktestPlan;
  /** Ours must open, propose and promote nothing here, but for one incident at most. */
  readonly silent: boolean;
}

const LOGS: readonly RealLog[] = [
  { name: 'hotel-bookings', silent: false, plan: planOf('2015-11-26', '2016-01-01', '2017-10-01', 'P7D') },
  { name: 'bike-sharing', silent: false, plan: planOf('2011-06-03', '2011-07-01', '2013-01-08', 'P7D') },
  { name: 'arxiv-titles', silent: false, plan: planOf('2011-07-01', '2012-01-01', '2019-02-01', 'P91D') },
  { name: 'acs-employment-ma', silent: true, plan: planOf('2015-12-03', '2016-01-01', '2019-01-15', 'P7D') },
];

function planOf(trainUntil: string, referenceUntil: string, asOf: string, every: Duration): BacktestPlan {
  const instant = (day: string) => `${day}T00:00:00Z`;
  const alwaysEvery = every === 'P91D' ? 'P182D' : 'P28D';
  return { trainUntil: instant(trainUntil), referenceUntil: instant(referenceUntil), asOf: instant(asOf), every, alwaysEvery };
}

/** The real logs, or the one that is named. Those that are absent are skipped loudly. */
export function realLogs(asked: string | undefined): RealLog[] {
  return LOGS.filter(({ name }) => {
    if (asked !== undefined && name !== asked) return false;
    const isThere = existsSync(join(DATA, name, 'log.csv.gz'));
    if (!isThere) console.warn(`SKIPPED: ../shared/data/${name} is absent, so its policies are not compared`);
    return isThere;
  });
}
