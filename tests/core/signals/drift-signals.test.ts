import { describe, expect, test } from 'vitest';
import { Signal } from '../../../pipelines/core/schema/signal.ts';
import type { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { driftSignals } from '../../../pipelines/core/signals/drift-signals.ts';
import {
  categoricalProfile,
  definitionWith,
  draws,
  numericColumn,
  ordinaryDay,
  ordinaryReference,
  uniform,
  weekUpTo,
} from '../../fakes/watched-world.ts';

const definition = definitionWith();
const reference = ordinaryReference(definition);

function drift(profile: WindowProfile, subject: string, using = definition): Signal {
  const evidence = { definition: using, reference, profile, trailingCubes: [], cycle: weekUpTo(profile) };
  const found = driftSignals(evidence).signals.find((signal) => signal.subject === subject);
  if (found === undefined) throw new RangeError(`no drift signal for ${subject}`);
  return Signal.parse(found);
}

function withColumn(profile: WindowProfile, name: string, values: Float64Array): WindowProfile {
  return { ...profile, columns: { ...profile.columns, [name]: numericColumn(name, values) } };
}

const valuesOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([value, rows]) => new Array<string>(rows).fill(value));

describe('driftSignals', () => {
  test('an ordinary day is ok in every column, with a value, a p value and a threshold', () => {
    const day = ordinaryDay({ rows: 1000, seed: 5 });

    const { signals } = driftSignals({ definition, reference, profile: day, trailingCubes: [], cycle: weekUpTo(day) });

    expect(signals.map(({ subject }) => subject)).toEqual(['size', 'place', 'hour', '$score']);
    for (const signal of signals) {
      expect(Signal.parse(signal)).toMatchObject({ status: 'ok', modelVersion: 'v1' });
      expect(signal.sampleSize).toBe(signal.subject === '$score' ? 7000 : 1000);
      expect(signal.value).toBeLessThan(0.1);
      expect(signal.pValue).toBeGreaterThan(0.001);
    }
  });

  test('a shifted number alerts and says which values gained', () => {
    const next = uniform(9);
    const shifted = withColumn(
      ordinaryDay({ rows: 1000, seed: 5 }),
      'size',
      draws(1000, () => 10 * Math.sqrt(next())),
    );

    const signal = drift(shifted, 'size');

    expect(signal.status).toBe('alert');
    expect(signal.id).toBe('data-drift/size/20010115T000000Z_20010116T000000Z');
    expect(signal.why).toMatch(/values (below|from) .* of the rows; evidence .* of 90: one such alarm in 90 windows without drift\.$/);
  });

  test('a category that grows alerts and is named', () => {
    const signal = drift(ordinaryDay({ rows: 2000, seed: 5, shift: 0.15 }), 'place');

    expect(signal).toMatchObject({ status: 'alert' });
    expect(signal.why).toMatch(/"[ad]" went from/);
  });

  test('a shift that is certain but below the floor is no alert', () => {
    const signal = drift(ordinaryDay({ rows: 50_000, seed: 5, shift: 0.03 }), 'place');

    expect(signal.pValue).toBeLessThan(1e-6);
    expect(signal).toMatchObject({ status: 'ok' });
    expect(signal.why).toContain('too small to matter');
  });

  test('an effect that chance can give is no alert, however low the floor', () => {
    const eager = definitionWith({ monitoring: { drift: { effectFloor: 0.001 } } });

    const signals = [1, 2, 3, 4, 5, 6].map((seed) => drift(ordinaryDay({ rows: 400, seed }), 'place', eager));

    expect(signals.every(({ value }) => (value ?? 0) > 0.001)).toBe(true);
    expect(signals.every(({ status }) => status === 'ok')).toBe(true);
    expect(signals.map(({ why }) => why).join()).toContain('no more than chance gives');
  });

  test('the limit is the floor with many rows, and higher with few', () => {
    const [few, many] = [200, 100_000].map((rows) => drift(ordinaryDay({ rows, seed: 1 }), 'place').threshold?.level ?? 0);

    expect(few).toBeCloseTo(Math.sqrt(0.01 + (3 * (1 / 14_000 + 1 / 200)) / (8 * Math.LN2)), 10);
    expect(many).toBeLessThan(0.1003);
  });

  test('a share of a value that is a few rows is told as less than the privacy count', () => {
    const day = ordinaryDay({ rows: 1000, seed: 5 });
    const placed = (counts: Readonly<Record<string, number>>) =>
      drift({ ...day, columns: { ...day.columns, place: categoricalProfile(valuesOf(counts)) } }, 'place').why;

    expect(placed({ b: 331, c: 331, d: 331, a: 7 })).toMatch(/"a" went from [\d.]+ % to less than 2 % of the rows/);
    expect(placed({ b: 323, c: 323, d: 324, a: 30 })).toMatch(/"a" went from [\d.]+ % to 3 % of the rows/);
    expect(placed({ b: 333, c: 333, d: 334 })).toMatch(/"a" went from [\d.]+ % to 0 % of the rows/);
  });

  test('a calendar column is measured, never alerts, and says why', () => {
    const night = withColumn(ordinaryDay({ rows: 1000, seed: 5 }), 'hour', new Float64Array(1000).fill(3));

    const signal = drift(night, 'hour');

    expect(signal.value).toBeGreaterThan(0.5);
    expect(signal).toMatchObject({ status: 'ok' });
    expect(signal.why).toContain('follows the calendar');
  });

  test('the score is a signal of its own kind, judged only on rows that the reference version scored', () => {
    const plain = definitionWith({ columns: [{ name: 'size', kind: 'numeric' }] });
    const next = uniform(2);
    const day = withColumn(
      ordinaryDay({ rows: 1000, seed: 5 }),
      '$score',
      draws(1000, () => next() ** 3),
    );

    expect(drift(day, '$score', plain)).toMatchObject({ kind: 'prediction-drift', status: 'alert', window: day.window });
    expect(drift({ ...day, versions: { v1: 500, v2: 500 } }, '$score', plain)).toMatchObject({ status: 'insufficient-data', value: null });
    expect(drift({ ...day, versions: {} }, '$score', plain).status).toBe('alert');
  });

  test.each([
    ['too few rows', (): WindowProfile => ordinaryDay({ rows: 150, seed: 1 }), /150 rows in the window/],
    ['no such column', (): WindowProfile => ({ ...ordinaryDay({ rows: 500, seed: 1 }), columns: {} }), /holds no column size/],
    [
      'another grid',
      (): WindowProfile => {
        const day = ordinaryDay({ rows: 500, seed: 1 });
        return { ...day, columns: { ...day.columns, size: numericColumn('hour', new Float64Array(500)) } };
      },
      /another grid or kind/,
    ],
  ])('%s: insufficient data, no figure', (_, profile, why) => {
    const signal = drift(profile(), 'size');

    expect(signal).toMatchObject({ status: 'insufficient-data', value: null, pValue: null });
    expect(signal.why).toMatch(why);
  });

  test('an all-null column is drift into missing, with a figure', () => {
    const signal = drift(withColumn(ordinaryDay({ rows: 500, seed: 1 }), 'size', new Float64Array(500).fill(Number.NaN)), 'size');

    expect(signal).toMatchObject({ status: 'alert', value: 1 });
    expect(signal.why).toContain('missing went from 0 %');
  });

  test('personal categories are never judged by name', () => {
    const personal = definitionWith({
      columns: [
        { name: 'size', kind: 'numeric' },
        { name: 'place', kind: 'categorical', sensitivity: 'personal' },
      ],
    });

    expect(drift(ordinaryDay({ rows: 2000, seed: 5, shift: 0.2 }), 'place', personal)).toMatchObject({ status: 'insufficient-data' });
  });

  test('the index can be the effect instead of the distance', () => {
    const index = definitionWith({ monitoring: { drift: { method: 'populationStabilityIndex' } } });

    const signal = drift(ordinaryDay({ rows: 2000, seed: 5, shift: 0.2 }), 'place', index);

    expect(signal.method).toContain('Population stability index over 4 frozen classes');
    expect(signal.status).toBe('alert');
  });
});
