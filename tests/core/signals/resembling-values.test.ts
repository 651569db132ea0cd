import { describe, expect, test } from 'vitest';
import { numericProfile } from '../../../pipelines/core/profile/numeric-profile.ts';
import { placeholderOf } from '../../../pipelines/core/signals/placeholders.ts';
import { resemblingValues } from '../../../pipelines/core/signals/resembling-values.ts';
import { day, signal } from '../../fakes/one-signal.ts';
import { gridOn, uniform } from '../../fakes/watched-world.ts';

describe('values that nobody knows', () => {
  test.each<[string, Record<string, number>, string[], string]>([
    ['upper and lower case', { BASIC: 70, Full: 30 }, ['basic', 'full'], 'by upper and lower case, such as "BASIC" for "basic"'],
    ['blanks', { 'basic ': 70, ' full': 30 }, ['basic', 'full'], 'by blanks around them, such as "basic " for "basic"'],
    ['UTF-8 read as Latin-1', { 'GenÃ¨ve': 50 }, ['Bern', 'Genève'], 'read as Latin-1, such as "GenÃ¨ve" for "Genève"'],
    ['lost letters', { 'Z\uFFFDrich': 50 }, ['Bern', 'Zürich'], 'lost to a wrong encoding, such as "Z\uFFFDrich" for "Zürich"'],
    ['words for nothing', { NULL: 50, nan: 2 }, ['basic'], 'stand for a missing value that the log does not leave empty, such as "NULL"'],
    ['truth values', { '1': 40, '0': 60 }, ['true', 'false'], 'the same truth values in another spelling, such as "0" for "false"'],
    ['numbers', { '1.0': 40, '2.0': 60 }, ['1', '2', '3'], 'known numbers in another spelling, such as "1.0" for "1"'],
  ])('are explained by %s', (_, unseen, known, told) => {
    expect(resemblingValues(Object.entries(unseen), known, 20)).toContain(told);
  });

  test('are not explained where one in five is something else, and show no rare example', () => {
    expect(
      resemblingValues(
        [
          ['BASIC', 80],
          ['premium', 20],
        ],
        ['basic'],
        20,
      ),
    ).toBe('');
    expect(resemblingValues([['BASIC', 8]], ['basic'], 20)).toBe(' They differ from known values only by upper and lower case.');
    expect(resemblingValues([], ['basic'], 20)).toBe('');
  });

  test('are explained in the statement, where it is one', () => {
    const column = { kind: 'categorical', rows: 1000, missing: 0, counts: { NORTH: 1000 }, other: 0, distinct: 1 } as const;
    const known = Object.keys((day.columns['place'] as { counts: Record<string, number> }).counts);
    const counts = Object.fromEntries(known.map((name) => [name.toUpperCase(), Math.floor(1000 / known.length)]));

    const found = signal('unseen-values/place', { profile: { ...day, columns: { ...day.columns, place: { ...column, counts } } } });

    expect(found?.why).toMatch(/upper and lower case, such as "[A-Z]+" for "[a-z]+"\.$/);
    expect(signal('unseen-values/place', {})?.why).toMatch(/tolerated share 2 %\)\.$/);
  });
});

describe('numbers that stand for no value', () => {
  const grid = gridOn('weight', 40, 100);
  const next = uniform(3);
  const weights = Float64Array.from({ length: 1000 }, () => 40 + 60 * next());
  const before = numericProfile(weights, grid);
  const withValue = (value: number, share: number) =>
    numericProfile(
      weights.map((weight, row) => (row < share * 1000 ? value : weight)),
      grid,
    );

  test.each([-999, 0, 999, -1])('%d is found with its rows', (value) => {
    expect(placeholderOf(withValue(value, 0.1), before, grid)).toEqual({ value, rows: 100, usual: 0 });
  });

  test.each([
    ['a value inside of the reference', 99],
    ['another number far out', 500],
  ])('%s is none', (_, value) => {
    expect(placeholderOf(withValue(value, 0.1), before, grid)).toBeNull();
  });

  test('what the reference has too is known', () => {
    expect(placeholderOf(withValue(-999, 0.1), withValue(-999, 0.2), grid)).toEqual({ value: -999, rows: 100, usual: 200 });
  });

  test('a tenth of the rows is an alert of the schema, a few are in order', () => {
    const sizes = (share: number) => {
      const draw = uniform(1);
      const own = Float64Array.from({ length: 1000 }, (_, row) => (row < share * 1000 ? -999 : draw() * 10));
      return { ...day, columns: { ...day.columns, size: numericProfile(own, gridOn('size-grid', 0, 10)) } };
    };

    expect(signal('schema/size', { profile: sizes(0.1) })).toMatchObject({
      status: 'alert',
      why: expect.stringContaining(
        '100 rows (10 %) of size hold -999, far outside of the reference (0 % of it did), as if it stood for a missing value',
      ),
    });
    expect(signal('schema/size', { profile: sizes(0.002) })?.status).toBe('ok');
  });
});
