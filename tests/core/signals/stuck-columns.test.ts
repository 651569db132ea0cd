import { describe, expect, test } from 'vitest';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import type { WrittenModelDefinition } from '../../../pipelines/core/schema/model-definition.ts';
import type { Grid, WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { day, signal } from '../../fakes/one-signal.ts';
import { categoricalProfile, definitionWith, GRIDS, ordinaryDay, ordinaryReference, uniform } from '../../fakes/watched-world.ts';

describe('a column that is empty or stuck', () => {
  const sizes = (values: Float64Array) => ({
    ...day,
    columns: { ...day.columns, size: numericProfile(values, GRIDS['size'] as Grid) },
  });
  const columnsOf = (values: Float64Array) => ({ columns: sizes(values).columns });
  const filled = (value: number) => new Float64Array(1000).fill(value);

  test('a column without any value, and one that is stuck', () => {
    const empty = signal('schema/size', { profile: sizes(filled(Number.NaN)) });
    const constant = signal('schema/size', { profile: sizes(filled(4)) });

    expect(empty).toMatchObject({ status: 'alert', value: 1, why: expect.stringContaining('No row has a value of size') });
    expect(constant).toMatchObject({ status: 'alert', value: 1, why: expect.stringContaining('Every value of size is the same') });
  });

  test('a column that is empty or stuck, where the reference has too few windows to say how much they differ', () => {
    const month = [-4, -3, -2, -1].map((at) => ordinaryDay({ rows: 1000, seed: 60 + at, day: at }));
    const reference = ordinaryReference(definitionWith(), 1000, month);
    const statusOf = (rows: number, profile: WindowProfile) => signal('schema/size', { profile: { ...profile, rows }, reference })?.status;

    expect(reference.dispersions).toEqual({});
    expect([statusOf(1000, sizes(filled(Number.NaN))), statusOf(1000, sizes(filled(4)))]).toEqual(['alert', 'alert']);
  });

  test('a month changes by itself: in a reference of four windows it may only warn', () => {
    const columns: WrittenModelDefinition['columns'] = [{ name: 'place', kind: 'categorical' }];
    const monthly = (month: string) => categoricalProfile(new Array<string>(1000).fill(month));
    const windows = [-4, -3, -2, -1].map((at) => {
      const ordinary = ordinaryDay({ rows: 1000, seed: 70 + at, day: at });
      return { ...ordinary, columns: { ...ordinary.columns, place: monthly(at < -2 ? 'November' : 'December') } };
    });
    const reference = ordinaryReference(definitionWith({ columns }), 1000, windows);
    const january = { ...day, columns: { ...day.columns, place: monthly('January') } };

    expect(signal('schema/place', { definition: { columns }, profile: january, reference })?.status).toBe('warning');
  });

  test('what comes in bursts may stay away for a window: where the reference has few, it may only warn', () => {
    const bursts = (seed: number) => {
      const next = uniform(seed);
      return Float64Array.from({ length: 1000 }, () => (next() < 0.6 ? 0 : next() * 10));
    };
    const windows = [-4, -3, -2, -1].map((at) => ({
      ...ordinaryDay({ rows: 1000, seed: 80 + at, day: at }),
      ...columnsOf(bursts(80 + at)),
    }));
    const reference = ordinaryReference(definitionWith(), 1000, windows);

    expect(signal('schema/size', { profile: sizes(filled(0)), reference })?.status).toBe('warning');
  });

  test('a category that is stuck; a personal one is not named', () => {
    const columns: WrittenModelDefinition['columns'] = [{ name: 'place', kind: 'categorical', sensitivity: 'personal' }];
    const stuck = { ...day, columns: { ...day.columns, place: categoricalProfile(new Array<string>(1000).fill('secret')) } };

    const found = signal('schema/place', { profile: stuck, definition: { columns } });

    expect(found?.status).toBe('alert');
    expect(found?.why).not.toContain('secret');
  });

  test('a calendar column may be stuck, as may one that the reference had stuck on each of its days', () => {
    const hour = { ...day, columns: { ...day.columns, hour: numericProfile(filled(3), GRIDS['hour'] as Grid) } };
    const days = Array.from({ length: 14 }, (_, index) => ({
      ...sizes(filled((index % 7) + 1)),
      window: ordinaryDay({ rows: 1, seed: 1, day: index - 14 }).window,
    }));

    expect(signal('schema/hour', { profile: hour })?.status).toBe('ok');
    expect(signal('schema/size', { profile: sizes(filled(4)), reference: ordinaryReference(definitionWith(), 1000, days) })?.status).toBe(
      'ok',
    );
  });
});
