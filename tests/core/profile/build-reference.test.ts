import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../pipelines/core/digest/canonical-json.ts';
import { ReferenceProfile } from '../../../pipelines/core/schema/reference-profile.ts';
import { categoricalProfile, definitionWith, ordinaryDay, ordinaryReference } from '../../fakes/watched-world.ts';

const definition = definitionWith();

describe('buildReference', () => {
  test('merges its windows, learns classes, promises metrics, and is valid', () => {
    const reference = ReferenceProfile.parse(ordinaryReference(definition));

    expect(reference.profile.rows).toBe(14_000);
    expect(reference.rowsByWindow).toHaveLength(14);
    expect(Object.keys(reference.binnings).sort()).toEqual(['$score', 'hour', 'place', 'size']);
    const promised = reference.promise.find(({ metric }) => metric === 'rocAuc');
    expect(promised?.value).toBeGreaterThan(0.7);
    expect(promised?.interval?.lower).toBeLessThan(promised?.value ?? 0);
  });

  test('gives the same bytes and digest for the same windows in another order', () => {
    const days = Array.from({ length: 14 }, (_, day) => ordinaryDay({ rows: 300, seed: day, day: day - 14 }));

    const one = ordinaryReference(definition, 300, days);
    const two = ordinaryReference(definition, 300, days.toReversed());

    expect(canonicalJson(one.profile)).toBe(canonicalJson(two.profile));
    expect(one.digest).toMatch(/^sha256:/);
  });

  test('keeps no rare value by name', () => {
    const day = ordinaryDay({ rows: 400, seed: 1, day: -1 });
    const odd = {
      ...day,
      columns: { ...day.columns, place: categoricalProfile([...new Array<string>(395).fill('a'), ...new Array<string>(5).fill('Mr X')]) },
    };

    const reference = ordinaryReference(definition, 400, [odd]);

    expect(canonicalJson(reference)).not.toContain('Mr X');
    expect(reference.profile.columns['place']).toMatchObject({ other: 5 });
  });

  test('refuses a range without rows', () => {
    expect(() => ordinaryReference(definition, 0, [])).toThrow(expect.objectContaining({ code: 'REFERENCE_EMPTY' }));
  });
});
