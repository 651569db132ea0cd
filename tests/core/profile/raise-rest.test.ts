import { expect, test } from 'vitest';
import { raiseRest } from '../../../pipelines/core/profile/raise-rest.ts';
import { categoricalProfile } from '../../fakes/watched-world.ts';

const valuesOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([value, rows]) => new Array<string>(rows).fill(value));
const folded = (counts: Readonly<Record<string, number>>, other: number) => {
  const profile = categoricalProfile(valuesOf(counts));
  return { ...profile, rows: profile.rows + other, other };
};

test('a rest of a few rows is told as the privacy count, at the cost of the most frequent value', () => {
  expect(raiseRest(folded({ a: 100, b: 400 }, 3), 20)).toEqual({ ...folded({ a: 100, b: 383 }, 20) });
});

test('a rest of none or of enough rows is what it is', () => {
  expect(raiseRest(folded({ a: 100 }, 0), 20)).toEqual(folded({ a: 100 }, 0));
  expect(raiseRest(folded({ a: 100 }, 20), 20)).toEqual(folded({ a: 100 }, 20));
});

test('where the most frequent value cannot spare the rows, none is named', () => {
  expect(raiseRest(folded({ a: 30, b: 25 }, 3), 20)).toEqual({ ...folded({}, 58), distinct: 2 });
});
