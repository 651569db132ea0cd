import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Duration, durationSeconds } from '../../../pipelines/core/schema/duration.ts';
import { addSeconds, epochSeconds, Instant, instantFromEpoch } from '../../../pipelines/core/schema/instant.ts';
import { windowId, windowsBetween } from '../../../pipelines/core/schema/window.ts';

const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }); // years 1 to 9999

describe('instants', () => {
  it('agree with Date from year 1 to 9999', () => {
    fc.assert(
      fc.property(seconds, (at) => {
        const written = `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
        expect(instantFromEpoch(at)).toBe(written);
        expect(epochSeconds(written)).toBe(at);
      }),
    );
  });

  it('sort as text in the order of time', () => {
    fc.assert(fc.property(seconds, seconds, (a, b) => a < b === instantFromEpoch(a) < instantFromEpoch(b)));
  });

  it('cross the end of a leap February', () => {
    expect(addSeconds('2000-02-28T23:59:59Z', 1)).toBe('2000-02-29T00:00:00Z');
    expect(addSeconds('2100-02-28T23:59:59Z', 1)).toBe('2100-03-01T00:00:00Z');
  });

  it('refuse fractions and other zones', () => {
    expect(Instant.safeParse('2001-01-01T00:00:00.5Z').success).toBe(false);
    expect(Instant.safeParse('2001-01-01T00:00:00+01:00').success).toBe(false);
  });
});

describe('durations', () => {
  it.each([
    ['P1D', 86_400],
    ['PT6H', 21_600],
    ['P2W', 1_209_600],
    ['P1DT1H1M1S', 90_061],
  ])('%s lasts %d seconds', (text, expected) => {
    expect(durationSeconds(text)).toBe(expected);
  });

  it.each(['P', 'PT', 'P1M', 'P1Y', '1D', 'P1.5D'])('%s is none', (text) => {
    expect(Duration.safeParse(text).success).toBe(false);
    expect(() => durationSeconds(text)).toThrow(RangeError);
  });
});

describe('windows', () => {
  it('fill a range, aligned to midnight, without the part days at its ends', () => {
    const windows = windowsBetween({ start: '2001-01-01T05:00:00Z', end: '2001-01-04T23:00:00Z' }, 86_400);

    expect(windows.map(({ start }) => start)).toEqual(['2001-01-02T00:00:00Z', '2001-01-03T00:00:00Z']);
  });

  it('of a week start where the range starts', () => {
    const windows = windowsBetween({ start: '2001-01-01T00:00:00Z', end: '2001-01-20T00:00:00Z' }, 7 * 86_400);

    expect(windows.map(({ start }) => start)).toEqual(['2001-01-01T00:00:00Z', '2001-01-08T00:00:00Z']);
  });

  it('have names without punctuation', () => {
    expect(windowId({ start: '2001-01-01T00:00:00Z', end: '2001-01-02T00:00:00Z' })).toBe('20010101T000000Z_20010102T000000Z');
  });
});
