import { expect } from 'vitest';
import { binomialUpperTail } from '../../pipelines/core/statistics/distributions/binomial-upper-tail.ts';

/** Half of what lies outside the band, at each end. */
const TAIL = 0.0005;

/** Alarms of so many looks at a nominal rate. */
export interface Rate {
  readonly alarms: number;
  readonly looks: number;
  readonly nominal: number;
  readonly what: string;
}

/** Fails when there are more alarms than the central 99.9 % of a binomial with the nominal rate holds. */
export function expectNotAbove({ alarms, looks, nominal, what }: Rate): void {
  const atLeast = binomialUpperTail({ successes: alarms - 1, trials: looks, probability: nominal });
  expect(atLeast, `${what}: ${alarms} alarms of ${looks}, nominal ${nominal}`).toBeGreaterThan(TAIL);
}

/** Fails when the alarms are outside the central 99.9 % of a binomial with the nominal rate. */
export function expectInBand(rate: Rate): void {
  const { alarms, looks, nominal, what } = rate;
  expectNotAbove(rate);
  const atMost = 1 - binomialUpperTail({ successes: alarms, trials: looks, probability: nominal });
  expect(atMost, `${what}: ${alarms} alarms of ${looks}, nominal ${nominal}`).toBeGreaterThan(TAIL);
}
