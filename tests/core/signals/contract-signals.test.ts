import { describe, expect, test } from 'vitest';
import { gridFromQuantiles } from '../../../pipelines/core/profile/learn-grid.ts';
import { mergeProfiles } from '../../../pipelines/core/profile/merge-profiles.ts';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import type { LogIntegrity } from '../../../pipelines/core/schema/log-integrity.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
import type { Grid, WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { day, signal } from '../../fakes/one-signal.ts';
import { definitionWith, draws, GRIDS, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

const QUIET: LogIntegrity = { repeatedIds: 0, steps: 999, backwards: 0, arrived: 0, ahead: 0, late: 0, types: {} };
const FLAT = new Array<number>(24).fill(40);

function plain(): ReferenceProfile {
  return ordinaryReference(definitionWith());
}

function referenceWith(parts: Partial<WindowProfile>): ReferenceProfile {
  const reference = plain();
  return { ...reference, profile: { ...reference.profile, ...parts } };
}

describe('schema of a column', () => {
  const sizes = (values: Float64Array) => ({
    ...day,
    columns: { ...day.columns, size: numericProfile(values, GRIDS['size'] as Grid) },
  });

  test('an ordinary window is in order', () => {
    expect(signal('schema/size', {})).toMatchObject({ status: 'ok', value: 0, sampleSize: 1000 });
  });

  test.each([
    [5, 'ok'],
    [12, 'warning'],
    [80, 'alert'],
  ])('%i of 1,000 values that are no number: %s', (bad, status) => {
    const next = uniform(1);
    const values = Float64Array.from({ length: 1000 }, (_, row) => (row < bad ? Number.POSITIVE_INFINITY : next() * 10));

    expect(signal('schema/size', { profile: sizes(values) })).toMatchObject({ status, value: bad / 1000 });
  });

  test.each<[string, Record<string, number>, string]>([
    ['number', { number: 3 }, 'ok'],
    ['text', { text: 3 }, 'warning'],
    ['time', { time: 1, number: 2 }, 'alert'],
    ['absent', { absent: 1, number: 2 }, 'alert'],
  ])('a numeric column stored as %s', (_, types, status) => {
    const profile = { ...day, integrity: { ...QUIET, types: { size: types } } };

    expect(
      signal('schema/size', { profile, reference: referenceWith({ integrity: { ...QUIET, types: { size: { number: 14 } } } }) }),
    ).toMatchObject({
      status,
    });
  });

  test('text that turned into numbers is a breach of a category', () => {
    const profile = { ...day, integrity: { ...QUIET, types: { place: { number: 1 } } } };

    const found = signal('schema/place', {
      profile,
      reference: referenceWith({ integrity: { ...QUIET, types: { place: { text: 14 } } } }),
    });

    expect(found).toMatchObject({ status: 'alert', value: 1, why: '1 of 1 file of the window stores place as number instead of text.' });
  });

  test('too few rows are not judged, but a column that the files lack is', () => {
    const few = ordinaryDay({ rows: 20, seed: 1 });
    const absent = { ...few, integrity: { ...QUIET, types: { size: { absent: 1 } } } };

    expect(signal('schema/size', { profile: few })?.status).toBe('insufficient-data');
    expect(signal('schema/size', { profile: absent })?.status).toBe('alert');
  });
});

describe('unit of a column', () => {
  const grid = gridFromQuantiles({ q001: 30, q999: 3000, minimum: 10, maximum: 4000, median: 700, integerValued: false });
  const values = (scale: number, offset = 0, seed = 3) => {
    const next = uniform(seed);
    return numericProfile(
      draws(2000, () => (100 + 2000 * next() * next()) * scale + offset),
      grid,
    );
  };
  const reference: ReferenceProfile = {
    ...plain(),
    grids: { ...GRIDS, size: grid },
    profile: { ...plain().profile, columns: { ...plain().profile.columns, size: values(1) } },
  };
  const slip = (scale: number, unit: string | undefined, offset = 0) =>
    signal('unit-slip/size', {
      reference,
      profile: { ...day, columns: { ...day.columns, size: values(scale, offset, 4) } },
      definition: { columns: [{ name: 'size', kind: 'numeric', ...(unit === undefined ? {} : { unit }) }] },
    });

  test.each<[number, string, number, string | null]>([
    [1, 'miles', 0, null],
    [1.609344, 'miles', 0, 'kilometres'],
    [1 / 1.609344, 'km', 0, 'miles'],
    [1.8, 'celsius', 32, 'fahrenheit'],
    [1, 'celsius', 273.15, 'kelvin'],
    [100, 'EUR', 0, 'cents'],
    [60, 'hours', 0, 'minutes'],
    [2.2046, 'kg', 0, 'pounds'],
    [1.3, 'miles', 0, null],
    [3, 'miles', 0, null],
  ])('values times %d of %s plus %d', (scale, unit, offset, to) => {
    const found = slip(scale, unit, offset);

    expect(found?.status).toBe(to === null ? 'ok' : 'alert');
    if (to !== null) expect(found?.why).toContain(`${to} instead of ${unit}`);
  });

  test('kelvin for celsius, where temperatures differ less than the offset', () => {
    const next = uniform(8);
    const temperatures = (offset: number) =>
      numericProfile(
        draws(500, () => next() * 30 + offset),
        GRIDS['size'] as Grid,
      );
    const columns: WrittenModelDefinition['columns'] = [{ name: 'size', kind: 'numeric', unit: 'celsius' }];
    const base = plain();

    const found = signal('unit-slip/size', {
      reference: { ...base, profile: { ...base.profile, columns: { ...base.profile.columns, size: temperatures(0) } } },
      profile: { ...day, columns: { ...day.columns, size: temperatures(273.15) } },
      definition: { columns },
    });

    expect(found).toMatchObject({ status: 'alert', why: expect.stringContaining('kelvin instead of celsius') });
  });

  test('no unit or an unknown one: nothing is said; too few rows: insufficient', () => {
    expect(slip(1.609, undefined)).toBeUndefined();
    expect(slip(1.609, 'stars')).toBeUndefined();
    const columns: WrittenModelDefinition['columns'] = [{ name: 'size', kind: 'numeric', unit: 'miles' }];
    expect(signal('unit-slip/size', { profile: ordinaryDay({ rows: 10, seed: 2 }), definition: { columns } })?.status).toBe(
      'insufficient-data',
    );
  });
});

describe('ids that come twice', () => {
  const judged = (repeatedIds: number, sameDay: number, usual?: number) =>
    signal('duplicates/id', {
      profile: { ...day, quarantined: sameDay === 0 ? {} : { 'duplicate-id': sameDay }, integrity: { ...QUIET, repeatedIds } },
      ...(usual === undefined ? {} : { reference: referenceWith({ integrity: { ...QUIET, repeatedIds: usual } }) }),
    });

  test.each([
    [0, 0, 'ok'],
    [6, 0, 'ok'],
    [8, 5, 'warning'],
    [40, 10, 'alert'],
  ])('%i of earlier days and %i of the same day: %s', (repeated, sameDay, status) => {
    expect(judged(repeated, sameDay)?.status).toBe(status);
  });

  test('what the reference had is usual', () => {
    expect(judged(30, 0, 14 * 30)?.status).toBe('ok');
    expect(judged(90, 0, 14 * 30)?.status).toBe('alert');
  });

  test('nobody looked: nothing is said; only the reference was searched: insufficient', () => {
    expect(signal('duplicates/id', {})).toBeUndefined();
    expect(signal('duplicates/id', { reference: referenceWith({ integrity: QUIET }) })?.status).toBe('insufficient-data');
  });
});

describe('clocks', () => {
  const arrivedAt = { format: 'jsonl', path: 'x.jsonl', columns: { id: 'id', timestamp: 'ts', score: 'score', arrivedAt: 'at' } } as const;
  const usual = referenceWith({ integrity: { ...QUIET, steps: 14_000, backwards: 140, arrived: 14_000, late: 0 } });
  const judged = (name: string, parts: Partial<LogIntegrity>, reference = usual) =>
    signal(`clock/${name}`, { profile: { ...day, integrity: { ...QUIET, ...parts } }, reference, definition: { logs: arrivedAt } });

  test.each([
    [10, 'ok'],
    [22, 'warning'],
    [300, 'alert'],
  ])('%i rows that run backwards: %s', (backwards, status) => {
    expect(judged('order', { backwards })?.status).toBe(status);
  });

  test.each([
    [0, 'ok'],
    [300, 'alert'],
  ])('%i rows from the future, and as many late: %s', (bad, status) => {
    expect(judged('ahead-of-arrival', { arrived: 1000, ahead: bad })?.status).toBe(status);
    expect(judged('late-arrival', { arrived: 1000, late: bad })?.status).toBe(status);
  });

  test('without arrival times, or without knowing what is usual: insufficient', () => {
    expect(judged('ahead-of-arrival', {})?.status).toBe('insufficient-data');
    expect(judged('order', { backwards: 300 }, plain())?.status).toBe('insufficient-data');
    expect(signal('clock/ahead-of-arrival', { reference: usual })).toBeUndefined();
  });
});

describe('hours without rows', () => {
  const reference = referenceWith({ hours: FLAT.map((rows) => rows * 14) });
  const judged = (hours: readonly number[] | undefined, rows = 1000) =>
    signal('volume/hours-of-day', { profile: { ...day, rows, ...(hours === undefined ? {} : { hours: [...hours] }) }, reference });

  test('all hours: ok; one quiet hour is tolerated; five are not', () => {
    expect(judged(FLAT)?.status).toBe('ok');
    expect(judged(FLAT.map((rows, hour) => (hour === 3 ? 0 : rows)))?.status).toBe('ok');
    expect(judged(FLAT.map((rows, hour) => (hour >= 5 && hour < 10 ? 0 : rows)))).toMatchObject({
      status: 'alert',
      value: 5 / 24,
      why: expect.stringContaining('No row from 05:00 to 10:00 UTC'),
    });
  });

  test('not counted or too few rows: insufficient; no reference: nothing is said', () => {
    expect(judged(undefined)?.status).toBe('insufficient-data');
    expect(judged(FLAT, 24)?.status).toBe('insufficient-data');
    expect(signal('volume/hours-of-day', { profile: { ...day, hours: FLAT } })).toBeUndefined();
  });
});

test('hours and integrity add up; a part that one side did not count is not known of both', () => {
  const counted = { ...day, hours: FLAT, integrity: { ...QUIET, types: { size: { number: 1 } } } };
  const nothing = { ...ordinaryDay({ rows: 0, seed: 1 }) };

  const both = mergeProfiles(counted, { ...counted, integrity: { ...QUIET, types: { size: { text: 2 } } } });

  expect(both.hours).toEqual(FLAT.map((rows) => 2 * rows));
  expect(both.integrity).toMatchObject({ steps: 1998, types: { size: { number: 1, text: 2 } } });
  expect(mergeProfiles(counted, nothing)).toMatchObject({ hours: FLAT, integrity: counted.integrity });
  expect(mergeProfiles(counted, day)).not.toHaveProperty('hours');
  expect(mergeProfiles(day, counted)).not.toHaveProperty('integrity');
});
