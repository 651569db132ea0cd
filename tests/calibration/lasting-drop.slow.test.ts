import { afterAll, describe, expect, test } from 'vitest';
import { type DayWorld, DROP_RULES, type DropRule, drawDays, TOLERATED } from './drop-rules.ts';
import { seeded } from './simulated-features.ts';
import { printTable } from './tabulate.ts';

const STREAMS = 120;
const LONG_STREAMS = 30;
const OURS = 'Bayes factors from every start (ours)';
const BEFORE = '7 days, 95 % by rows (as before)';
const nulls: string[][] = [];
const delays: string[][] = [];

/** How often an alarm begins in a stream, and when the first does. */
function follow(rule: DropRule, world: DayWorld, seed: number): { begun: number; first: number } {
  const { reference, days } = drawDays(world, seeded(seed));
  let [begun, first, stands] = [0, Number.POSITIVE_INFINITY, false];
  for (let look = 1; look <= days.length; look += 1) {
    const alarm = rule(reference, days.slice(0, look));
    if (alarm && !stands) begun += 1;
    const late = look - (world.after ?? 0);
    if (alarm && late > 0 && first > late) first = late;
    // A found drop needs no further looks.
    if (alarm && late > 0 && world.drop > TOLERATED) return { begun, first };
    stands = alarm;
  }
  return { begun, first };
}

function measure(world: DayWorld, streams: number): Map<string, { mean: number; limit: number; any: number; median: number }> {
  const found = Object.entries(DROP_RULES).map(([name, rule]) => {
    const results = Array.from({ length: streams }, (_, seed) => follow(rule, world, seed + 1));
    const mean = results.reduce((sum, { begun }) => sum + begun, 0) / streams;
    const variance = results.reduce((sum, { begun }) => sum + (begun - mean) ** 2, 0) / (streams - 1);
    const sorted = results.map(({ first }) => first).sort((a, b) => a - b);
    const any = results.filter(({ begun }) => begun > 0).length / streams;
    const median = sorted[Math.floor(streams / 2)] ?? Number.NaN;
    return [name, { mean, limit: mean + 2.326 * Math.sqrt(variance / streams), any, median }] as const;
  });
  return new Map(found);
}

describe('a drop that lasts, looked for every day', () => {
  afterAll(() => {
    printTable(
      `Alarms that begin in so many days without a drop, or with one of exactly what is tolerated (${TOLERATED})`,
      ['rule', 'days', 'sd of days', 'AR(1)', 'reference', 'drop', 'mean', 'P(any)'],
      nulls,
    );
    printTable(
      'Days from the beginning of a drop to the first alarm',
      ['rule', 'sd of days', 'AR(1)', 'drop', 'good days before', 'median', 'found'],
      delays,
    );
  });

  const spreads = [0, 0.02, 0.05];
  const correlations = [0, 0.3, 0.6];
  const worlds = spreads.flatMap((spread) =>
    (spread === 0 ? [0] : correlations).map((correlation) => ({ spread, correlation, referenceDays: 14, looks: 90 })),
  );
  const others = [
    { spread: 0.02, correlation: 0.3, referenceDays: 2, looks: 90 },
    { spread: 0.02, correlation: 0.3, referenceDays: 4, looks: 90 },
    { spread: 0.05, correlation: 0.3, referenceDays: 4, looks: 90 },
    { spread: 0.02, correlation: 0.3, referenceDays: 7, looks: 90 },
    { spread: 0.02, correlation: 0.3, referenceDays: 28, looks: 90 },
    { spread: 0.02, correlation: 0.3, referenceDays: 14, looks: 365 },
  ];

  test.each([...worlds, ...others])('no drop: %o', (world) => {
    for (const drop of [0, TOLERATED]) {
      const found = measure({ ...world, drop }, world.looks > 90 ? LONG_STREAMS : STREAMS);
      for (const [name, { mean, any }] of found) {
        const columns = [world.looks, world.spread, world.correlation, world.referenceDays, drop].map(String);
        nulls.push([name, ...columns, mean.toFixed(2), any.toFixed(2)]);
      }
      if (drop === 0) expect(found.get(OURS)?.limit).toBeLessThanOrEqual(world.looks / 90);
      // The worst case of what is tolerated: the budget may be spent in full, and days that hang together strongly overdraw it.
      if (drop > 0 && world.correlation <= 0.3) expect(found.get(OURS)?.mean).toBeLessThanOrEqual((1.6 * world.looks) / 90);
      if (drop > 0 && world.spread >= 0.02) expect(found.get(BEFORE)?.mean).toBeGreaterThan((2 * world.looks) / 90);
    }
  });

  const gross = [0.02, 0.01].flatMap((spread) =>
    [2, 4].map((referenceDays) => ({ spread, correlation: 0.3, drop: 0.2, referenceDays, looks: 12 })),
  );

  test.each(gross)('a drop of many times what windows differ by, few windows in the reference: %o', (world) => {
    const found = measure(world, STREAMS).get(OURS);

    delays.push([
      `${OURS}, ${world.referenceDays} days of reference`,
      ...[world.spread, world.correlation, world.drop, 0].map(String),
      String(found?.median),
      (found?.any ?? 0).toFixed(2),
    ]);
    expect(found?.median).toBeLessThanOrEqual(world.referenceDays === 2 ? 3 : 2);
    expect(found?.any).toBe(1);
  });

  const cases = [0, 0.02, 0.05].flatMap((spread) =>
    (spread === 0 ? [0] : [0, 0.3]).flatMap((correlation) =>
      [0.02, 0.05].flatMap((beyond) => [0, 45].map((after) => ({ spread, correlation, drop: TOLERATED + beyond, after }))),
    ),
  );

  test.each(cases)('a drop: %o', (world) => {
    const found = measure({ ...world, referenceDays: 14, looks: 90 + world.after }, world.after > 0 ? LONG_STREAMS : STREAMS);

    for (const [name, { any, median }] of found)
      delays.push([name, ...[world.spread, world.correlation, world.drop, world.after].map(String), String(median), any.toFixed(2)]);
    const ours = found.get(OURS);
    if (world.spread <= 0.02) expect(ours?.median).toBeLessThanOrEqual(world.drop > 0.05 ? 10 : 25);
    expect(ours?.median).toBeLessThanOrEqual(found.get('betting on blocks (bounded days)')?.median ?? 0);
  });
});
