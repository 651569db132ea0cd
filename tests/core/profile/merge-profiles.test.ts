import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { emptyProfile, mergeProfiles } from '../../../pipelines/core/profile/merge-profiles.ts';
import { addSeconds } from '../../../pipelines/core/schema/instant.ts';
import { WindowProfile } from '../../../pipelines/core/schema/window-profile.ts';
import { categoricalProfile, MONDAY, numericColumn, ordinaryDay } from '../../fakes/watched-world.ts';

const INTEGRITY = { steps: 20, backwards: 1, arrived: 20, ahead: 0, late: 2 };
const names = fc.constantFrom('a', 'b', 'constructor', '__proto__', 'ünïcode', '');
const profiles = fc
  .record({
    day: fc.nat({ max: 6 }),
    sizes: fc.array(fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constant(Number.NaN)), { maxLength: 20 }),
    places: fc.array(fc.option(names), { maxLength: 20 }),
    bad: fc.nat({ max: 3 }),
    errors: fc.nat({ max: 5 }),
    other: fc.nat({ max: 9 }),
    hours: fc.option(fc.array(fc.nat({ max: 40 }), { minLength: 24, maxLength: 24 }), { nil: undefined }),
    repeatedIds: fc.option(fc.nat({ max: 7 }), { nil: undefined }),
  })
  .map(
    ({ day, sizes, places, bad, errors, other, hours, repeatedIds }): WindowProfile => ({
      ...emptyProfile('example', { start: addSeconds(MONDAY, day * 86_400), end: addSeconds(MONDAY, (day + 1) * 86_400) }),
      rows: sizes.length,
      versions: sizes.length > 0 ? { [`v${day + 1}`]: sizes.length } : {},
      quarantined: bad > 0 ? { 'bad-score': bad } : {},
      errors,
      columns: {
        size: numericColumn('size', Float64Array.from(sizes)),
        place: { ...categoricalProfile(places), rows: places.length + other, other },
      },
      ...(hours === undefined ? {} : { hours }),
      ...(repeatedIds === undefined ? {} : { integrity: { ...INTEGRITY, repeatedIds, types: { size: { number: repeatedIds + 1 } } } }),
    }),
  );

/** Sums in the last digits aside, two profiles are the same bytes. */
function rounded(profile: WindowProfile): string {
  return canonicalJson(profile).replaceAll(/-?\d+\.\d{6,}(e-?\d+)?/g, (text) => Number(text).toPrecision(8));
}

describe('mergeProfiles', () => {
  test('is commutative to the byte', () => {
    fc.assert(fc.property(profiles, profiles, (a, b) => canonicalJson(mergeProfiles(a, b)) === canonicalJson(mergeProfiles(b, a))));
  });

  test('is associative', () => {
    fc.assert(
      fc.property(
        profiles,
        profiles,
        profiles,
        (a, b, c) => rounded(mergeProfiles(mergeProfiles(a, b), c)) === rounded(mergeProfiles(a, mergeProfiles(b, c))),
      ),
    );
  });

  test('has the empty profile as its neutral element', () => {
    fc.assert(
      fc.property(profiles, (a) => {
        const empty = emptyProfile(a.model, a.window);
        return canonicalJson(mergeProfiles(a, empty)) === canonicalJson(a) && canonicalJson(mergeProfiles(empty, a)) === canonicalJson(a);
      }),
    );
  });

  test('leaves its arguments alone and gives a valid profile', () => {
    const [a, b] = [ordinaryDay({ rows: 300, seed: 1 }), ordinaryDay({ rows: 200, seed: 2, day: 1 })];
    const before = canonicalJson(a);

    const merged = mergeProfiles(a, b);

    expect(canonicalJson(a)).toBe(before);
    expect(WindowProfile.parse(merged).rows).toBe(500);
    expect(merged.window).toEqual({ start: a.window.start, end: b.window.end });
  });

  test('does not depend on the order of fourteen days, to the byte', () => {
    const days = Array.from({ length: 14 }, (_, day) => ordinaryDay({ rows: 400, seed: day, day }));

    const forward = days.reduce(mergeProfiles);
    const backward = days.toReversed().reduce(mergeProfiles);

    expect(canonicalJson(forward)).toBe(canonicalJson(backward));
  });

  test('refuses two grids of one column and two models', () => {
    const day = ordinaryDay({ rows: 50, seed: 1 });
    const regridded = { ...day, columns: { size: { ...numericColumn('hour', Float64Array.of(1)) } } };

    expect(() => mergeProfiles(day, regridded)).toThrow(expect.objectContaining({ code: 'PROFILE_GRIDS_DIFFER' }));
    expect(() => mergeProfiles(day, { ...day, model: 'another' })).toThrow(expect.objectContaining({ code: 'PROFILES_DIFFER' }));
  });
});
