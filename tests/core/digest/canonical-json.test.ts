import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, canonicalLine } from '../../../pipelines/core/digest/canonical-json.ts';
import { digestText, shortKey } from '../../../pipelines/core/digest/sha256.ts';

describe('canonical JSON', () => {
  it('sorts keys, keeps plain arrays on one line and ends with a newline', () => {
    const text = canonicalJson({ b: [1, 'two', null], a: { d: [[1, 2], [3]], c: {} }, e: undefined });

    expect(text).toBe('{\n  "a": {\n    "c": {},\n    "d": [\n      [1, 2],\n      [3]\n    ]\n  },\n  "b": [1, "two", null]\n}\n');
  });

  it('says the same as JSON, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(JSON.parse(canonicalLine(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    expect(shortKey({ a: 1, b: 2 })).toBe(shortKey({ b: 2, a: 1 }));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('digests', () => {
  it('are SHA-256 as Node computes it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => digestText(text) === `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`,
      ),
    );
  });
});
