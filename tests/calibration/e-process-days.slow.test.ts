import { describe, expect, test } from 'vitest';
import { driftEvidence } from '../../pipelines/core/statistics/sequential/drift-evidence.ts';
import { windowDispersion } from '../../pipelines/core/statistics/sequential/window-dispersion.ts';
import { ours, RUNS } from './alarm-rules.ts';
import { drawCounts } from './draw-counts.ts';
import { even, seeded, shifted, type Uniform } from './simulated-features.ts';
import { countAlarms, medianDelay, printTable } from './tabulate.ts';

const STREAMS = 300;
const FEATURES = 5;
const ROWS = 1000;
const table: string[][] = [];

/** The shares of one day; drift is a rise in standard deviations. */
type Days = (next: Uniform, drift: number) => readonly number[];

function normal(next: Uniform): number {
  return Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

const independent: Days = (_, drift) => (drift === 0 ? even(10) : shifted(even(10), drift));
const wandering =
  (deviations: number): Days =>
  (next, drift) =>
    shifted(even(10), drift + deviations * normal(next));
const tilted =
  (spread: number): Days =>
  (next, drift) => {
    const weights = independent(next, drift).map((share) => share * Math.exp(spread * normal(next)));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / all);
  };

function feature(days: Days, { windows, drift, adjusted }: { windows: number; drift: number; adjusted: boolean }, next: Uniform) {
  const before = Array.from({ length: windows }, () => drawCounts(days(next, 0), ROWS, next));
  const reference = before.reduce((sum, window) => sum.map((count, index) => count + (window[index] ?? 0)));
  const dispersion = adjusted ? windowDispersion(before, 10) : null;
  const eValues = Array.from({ length: RUNS }, () => {
    const counts = { reference, current: drawCounts(days(next, drift), ROWS, next), ordered: 10 };
    return driftEvidence(dispersion === null ? counts : { ...counts, dispersion })?.eValue ?? Number.NaN;
  });
  return { eValues };
}

describe('days with a life of their own: 5 features, 1,000 rows a day', () => {
  test.each<[string, Days, number, number]>([
    ['independent rows', independent, 10, 1],
    ['independent rows', independent, 28, 1],
    ['shares that differ by 10 % from day to day', tilted(0.1), 10, 1],
    ['shares that differ by 10 % from day to day', tilted(0.1), 28, 1],
    ['days that wander by 0.05 sd', wandering(0.05), 10, 1],
    ['days that wander by 0.05 sd', wandering(0.05), 28, 1],
    ['days that wander by 0.1 sd', wandering(0.1), 28, 1],
  ])('%s, %#', (name, days, windows, most) => {
    const next = seeded(windows + name.length);
    const streams = Array.from({ length: STREAMS }, () =>
      Array.from({ length: FEATURES }, () => feature(days, { windows, drift: 0, adjusted: true }, next)),
    );
    const unadjusted = Array.from({ length: 30 }, () =>
      ours(Array.from({ length: FEATURES }, () => feature(days, { windows, drift: 0, adjusted: false }, next))),
    );
    const delays = [0.1, 0.2, 0.3, 0.5].map((drift) =>
      medianDelay(
        streams.slice(0, 60).map((stream) => ours([feature(days, { windows, drift, adjusted: true }, next), ...stream.slice(1)])),
      ),
    );

    const found = countAlarms(streams.map(ours), STREAMS);

    const naive = countAlarms(unadjusted, unadjusted.length);
    table.push([name, String(windows), found.mean.toFixed(2), found.limit.toFixed(2), delays.join(', '), naive.mean.toFixed(2)]);
    expect(found.limit).toBeLessThanOrEqual(most);
    if (days !== independent) expect(naive.mean).toBeGreaterThan(5);
  });

  test('the table', () => {
    printTable(
      'Restless days',
      ['', 'reference windows', 'alarms/90', 'upper 99 %', 'runs to find .1, .2, .3, .5 sd', 'alarms/90 if rows are taken for independent'],
      table,
    );
    expect(table).toHaveLength(7);
  });
});
