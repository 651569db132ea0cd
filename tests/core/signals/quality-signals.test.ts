import { describe, expect, test } from 'vitest';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import { Signal, type SignalKind } from '../../../pipelines/core/schema/signal.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { detectSignals } from '../../../pipelines/core/signals/detect-signals.ts';
import {
  categoricalProfile,
  definitionWith,
  draws,
  MONDAY,
  numericColumn,
  ordinaryDay,
  ordinaryReference,
  uniform,
} from '../../fakes/watched-world.ts';

const reference = ordinaryReference(definitionWith());
const day = ordinaryDay({ rows: 1000, seed: 5 });

function signal(profile: WindowProfile, name: `${SignalKind}/${string}`, parts: Partial<WrittenModelDefinition> = {}): Signal {
  const found = detectSignals({ definition: definitionWith(parts), reference, profile, trailingCubes: [], cycle: [] }).signals.find(
    ({ id }) => id.startsWith(`${name}/`),
  );
  if (found === undefined) throw new RangeError(`no signal ${name}`);
  return Signal.parse(found);
}

function sizes(values: Float64Array): WindowProfile {
  return { ...day, columns: { ...day.columns, size: numericColumn('size', values) } };
}

function places(values: readonly (string | null)[]): WindowProfile {
  return { ...day, columns: { ...day.columns, place: categoricalProfile(values) } };
}

function mixed(bad: number, badValue: number): Float64Array {
  const next = uniform(4);
  return Float64Array.from({ length: 1000 }, (_, row) => (row < bad ? badValue : next() * 10));
}

describe('missing values', () => {
  test.each([
    [0, 'ok'],
    [1, 'warning'],
    [200, 'alert'],
  ])('%i of 1,000 rows of a required column: %s', (bad, status) => {
    expect(signal(sizes(mixed(bad, Number.NaN)), 'missing-values/size')).toMatchObject({ status, value: bad / 1000, reference: 0 });
  });

  test('infinite numbers count as missing', () => {
    expect(signal(sizes(mixed(300, Number.POSITIVE_INFINITY)), 'missing-values/size').status).toBe('alert');
  });

  test('too few rows or no column: insufficient', () => {
    expect(signal({ ...day, columns: {} }, 'missing-values/size').status).toBe('insufficient-data');
  });
});

describe('unseen values', () => {
  const values = (unseen: number) => Array.from({ length: 1000 }, (_, row) => (row < unseen ? `new${row % 7}` : 'a'));

  test.each([
    [0, 'ok'],
    [15, 'ok'],
    [100, 'alert'],
  ])('%i of 1,000 rows: %s', (unseen, status) => {
    expect(signal(places(values(unseen)), 'unseen-values/place')).toMatchObject({ status, value: unseen / 1000 });
  });
});

describe('out of range', () => {
  test.each([
    [0, 'ok'],
    [12, 'warning'],
    [60, 'alert'],
  ])('%i of 1,000 numbers above the maximum: %s', (bad, status) => {
    expect(signal(sizes(mixed(bad, 11)), 'out-of-range/size')).toMatchObject({ status, value: bad / 1000 });
  });

  test('values outside the listed ones', () => {
    const columns: WrittenModelDefinition['columns'] = [{ name: 'place', kind: 'categorical', values: ['a', 'b', 'c'] }];

    const found = signal(day, 'out-of-range/place', { columns });

    expect(found.status).toBe('alert');
    expect(found.why).toContain('outside the 3 values of the data contract');
  });
});

describe('data quality', () => {
  test('a window of nothing but broken rows alerts, though it has no row', () => {
    const broken = { ...ordinaryDay({ rows: 0, seed: 1 }), quarantined: { 'unreadable-line': 400 } };

    expect(signal(broken, 'data-quality/prediction-log')).toMatchObject({ status: 'alert', value: 1, sampleSize: 400 });
  });

  test('names the reasons', () => {
    const found = signal({ ...day, quarantined: { 'bad-score': 2, 'duplicate-id': 3 } }, 'data-quality/prediction-log');

    expect(found.status).toBe('ok');
    expect(found.why).toContain('duplicate-id 3 (the same id came before on the same day), bad-score 2 (');
  });
});

describe('volume', () => {
  const rowsOn = (rows: number, dayNumber = 0) => ordinaryDay({ rows, seed: 1, day: dayNumber });

  test.each([
    [1000, 'ok'],
    [600, 'ok'],
    [400, 'alert'],
    [0, 'alert'],
    [1600, 'alert'],
  ])('%i rows where the two Mondays of the reference had 1,000: %s', (rows, status) => {
    const found = signal(rowsOn(rows), 'volume/prediction-log');

    expect(found).toMatchObject({ status, value: rows, reference: 1000 });
    expect(found.why).toContain('the mean of 2 such windows of the reference');
  });

  test('compares with the same weekday: half the rows are usual on a Sunday', () => {
    const days = Array.from({ length: 14 }, (_, index) =>
      ordinaryDay({ rows: index % 7 === 6 ? 300 : 1000, seed: index, day: index - 14 }),
    );
    const weekly = ordinaryReference(definitionWith(), 1000, days);
    const at = (dayNumber: number) =>
      detectSignals({
        definition: definitionWith(),
        reference: weekly,
        profile: rowsOn(300, dayNumber),
        trailingCubes: [],
        cycle: [],
      }).signals.find(({ kind }) => kind === 'volume')?.status;

    expect(at(6)).toBe('ok');
    expect(at(0)).toBe('alert');
  });

  test('a reference without that weekday only warns, unless the window is empty', () => {
    const tuesday = ordinaryDay({ rows: 1000, seed: 3, day: -6 });
    const narrow = ordinaryReference(definitionWith(), 1000, [tuesday]);
    const status = (rows: number) =>
      detectSignals({ definition: definitionWith(), reference: narrow, profile: rowsOn(rows), trailingCubes: [], cycle: [] }).signals.find(
        ({ kind }) => kind === 'volume',
      )?.status;

    expect([status(1000), status(300), status(0)]).toEqual(['ok', 'warning', 'alert']);
  });

  test('windows that always vary as much are no alert', () => {
    const start = (week: number) => addSeconds(MONDAY, -week * 604_800);
    const rowsByWindow = [200, 1800, 300, 1700].map((rows, week): [string, number] => [start(week + 1), rows]);
    const wild = { ...reference, rowsByWindow };

    const found = detectSignals({
      definition: definitionWith(),
      reference: wild,
      profile: rowsOn(400),
      trailingCubes: [],
      cycle: [],
    }).signals.find(({ kind }) => kind === 'volume');

    expect(found?.status).toBe('ok');
    expect(found?.why).toContain('such windows vary as much');
  });
});

describe('latency and errors', () => {
  const monitoring = { latency: { maximumMs: 100 }, errors: { maximumShare: 0.02 } };
  const logs: WrittenModelDefinition['logs'] = {
    format: 'jsonl',
    path: 'x.jsonl',
    columns: { id: 'id', timestamp: 'ts', score: 's', latencyMs: 'ms', error: 'err' },
  };
  const slow = (scale: number): WindowProfile => {
    const next = uniform(8);
    return {
      ...day,
      columns: {
        ...day.columns,
        $latencyMs: numericColumn(
          '$latencyMs',
          draws(1000, () => scale * next()),
        ),
      },
    };
  };

  test.each([
    [90, 'ok'],
    [106, 'warning'],
    [150, 'alert'],
  ])('latency up to %i ms: %s', (scale, status) => {
    const found = signal(slow(scale), 'latency/$latencyMs', { monitoring, logs });

    expect(found.status).toBe(status);
    expect(found.value).toBeGreaterThan(0.9 * scale);
    expect(found.interval?.lower).toBeLessThan(found.value ?? 0);
  });

  test('latency that is expected but not logged is insufficient data', () => {
    expect(signal(day, 'latency/$latencyMs', { monitoring, logs })).toMatchObject({ status: 'insufficient-data', value: null });
  });

  test.each([
    [5, 'ok'],
    [25, 'warning'],
    [60, 'alert'],
  ])('%i failures of 1,000: %s', (failed, status) => {
    expect(signal({ ...day, errors: failed }, 'errors/predictions', { monitoring, logs })).toMatchObject({ status, value: failed / 1000 });
  });

  test('neither is mentioned where the definition sets no limit', () => {
    const kinds = detectSignals({ definition: definitionWith(), reference, profile: day, trailingCubes: [], cycle: [] }).signals.map(
      ({ kind }) => kind,
    );

    expect(kinds).not.toContain('latency');
    expect(kinds).not.toContain('errors');
  });
});
