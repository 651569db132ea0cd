import { describe, expect, test } from 'vitest';
import { type AlarmRule, type FeatureStream, oneDetector, ours, PEERS, RUNS, simulateEvidence, simulateFeature } from './alarm-rules.ts';
import { even, seeded, shifted } from './simulated-features.ts';
import { countAlarms, medianDelay, printTable } from './tabulate.ts';

const STREAMS = 300;
const SHIFTS = [0.1, 0.2, 0.3];
const FEATURES = 20;
const BANK = STREAMS * FEATURES;

/** So many features a stream, no feature in two streams. */
function apart<Feature>(bank: readonly Feature[], features: number): (readonly Feature[])[] {
  return Array.from({ length: Math.floor(bank.length / features) }, (_, stream) => bank.slice(stream * features, (stream + 1) * features));
}

/** Streams whose features are drawn from the bank anew, none twice in a stream. */
function redrawn<Feature>(bank: readonly Feature[], features: number, next: () => number): (readonly Feature[])[] {
  return Array.from({ length: STREAMS }, () => {
    const order = bank.map((feature) => [next(), feature] as const).sort(([a], [b]) => a - b);
    return order.slice(0, features).map(([, feature]) => feature);
  });
}

const world = (rows: number, shift = 0) => ({
  rows,
  shares: even(10),
  sharesNow: shift === 0 ? even(10) : shifted(even(10), shift),
  ordered: 10,
});

describe('false alarms in 90 runs without drift, references of ten windows', () => {
  const rowsOfTable: string[][] = [];

  test.each([100, 1000, 10_000])('%d rows a window: at most one, upper 99 % limit, for 5, 20 and 200 features', (rows) => {
    const next = seeded(rows);
    const bank = Array.from({ length: BANK }, () => ({ eValues: simulateEvidence(world(rows), next) }));
    // 200 features: 30 streams without common features; 300 drawn anew for the mean. Their limit is that of the 30, which is not below their own.
    const families = [
      { features: 5, streams: apart(bank, 5), independent: apart(bank, 5).length },
      { features: FEATURES, streams: apart(bank, FEATURES), independent: STREAMS },
      { features: 200, streams: redrawn(bank, 200, next), independent: BANK / 200 },
    ];

    for (const { features, streams, independent } of families) {
      const found = countAlarms(streams.map(ours), independent);
      const delays = SHIFTS.map((shift) =>
        medianDelay(
          streams.slice(0, 100).map((stream) => ours([{ eValues: simulateEvidence(world(rows, shift), next) }, ...stream.slice(1)])),
        ),
      );
      rowsOfTable.push([
        `${rows} rows, ${features} features`,
        String(streams.length),
        found.mean.toFixed(2),
        found.limit.toFixed(2),
        found.any.toFixed(2),
        delays.join(', '),
      ]);
      expect(streams.length).toBeGreaterThanOrEqual(STREAMS);
      expect(found.limit).toBeLessThanOrEqual(1);
    }
  });

  test('the table', () => {
    expect(rowsOfTable).toHaveLength(9);
    printTable('Ours', ['', 'streams', 'alarms/90', 'upper 99 %', 'P(any)', 'runs to find .1, .2, .3 sd in one feature'], rowsOfTable);
  });
});

test('20 features, 500 rows: against the rules of the peers on the same streams', () => {
  const next = seeded(500);
  const streams = apart(
    Array.from({ length: BANK }, () => simulateFeature(world(500), next)),
    FEATURES,
  );
  const moved = SHIFTS.map((shift) =>
    streams.slice(0, 100).map((stream): FeatureStream[] => [simulateFeature(world(500, shift), next), ...stream.slice(1)]),
  );
  const rules: Readonly<Record<string, AlarmRule>> = {
    'Ours: one detector a feature': ours,
    'One detector of the mean e-value': oneDetector,
    ...PEERS,
  };

  const results = Object.entries(rules).map(([name, rule]) => ({
    name,
    ...countAlarms(streams.map(rule), STREAMS),
    delays: moved.map((world) => medianDelay(world.map(rule))),
  }));

  const table = results.map(({ name, mean, limit, any, delays }) => [
    name,
    mean.toFixed(2),
    limit.toFixed(2),
    any.toFixed(2),
    delays.join(', '),
  ]);
  printTable('20 features, 500 rows', ['', 'alarms/90', 'upper 99 %', 'P(any)', 'runs to find .1, .2, .3 sd in one feature'], table);
  const [mine, ...others] = results;
  expect(mine?.limit).toBeLessThanOrEqual(1);
  // The power that is promised.
  for (const [index, most] of [12, 3, 1].entries()) expect(mine?.delays[index]).toBeLessThanOrEqual(most);
  // Who is quieter is slower, and who is faster cries wolf.
  for (const { name, mean, delays } of others) {
    const slower = delays.some((delay, index) => delay > (mine?.delays[index] ?? 0));
    expect(slower || mean > 1, `${name} is beaten on one side`).toBe(true);
    expect(delays.every((delay, index) => delay <= (mine?.delays[index] ?? 0)) && mean <= (mine?.mean ?? 0), `${name} beats ours`).toBe(
      false,
    );
  }
  expect(RUNS).toBe(90);
});
