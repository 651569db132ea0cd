import { expect, test } from 'vitest';
import { joinTables } from '../../../../pipelines/core/registry/first-definition/join-tables.ts';
import { loggedTableOf } from '../../../fakes/logged-table-of.ts';

test('files of one log are read as one, whatever each of them lacks', () => {
  const january = loggedTableOf({ id: ['a', 'b'], ts: ['2001-01-01T00:00:00Z', '2001-01-02T00:00:00Z'], code: [1, 2], old: ['x', 'y'] });
  const february = loggedTableOf({ id: ['c'], ts: ['2001-02-01T00:00:00Z'], code: ['A3'], none: [null] });

  const joined = joinTables([january, february]);

  expect(joined).toMatchObject({ rows: 3, of: 3 });
  expect(joined.columns['ts']).toMatchObject({ kind: 'time', values: Float64Array.from([978_307_200, 978_393_600, 980_985_600]) });
  expect(joined.columns['code']).toEqual({ kind: 'categorical', values: ['1', '2', 'A3'] });
  expect(joined.columns['old']).toEqual({ kind: 'categorical', values: ['x', 'y', null] });
  expect(joined.columns['none']).toEqual({ kind: 'empty', rows: 3 });
  expect(joinTables([january])).toBe(january);
});
