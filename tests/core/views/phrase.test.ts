import { describe, expect, test } from 'vitest';
import { phraseBetween, phraseDay, phraseInstant, phraseSeconds, phraseWindow } from '../../../pipelines/core/views/phrase-instant.ts';
import { metricDigits, phraseEstimate } from '../../../pipelines/core/views/phrase-metric.ts';
import {
  phraseBytes,
  phraseChange,
  phraseCount,
  phraseInterval,
  phraseMoney,
  phraseNumber,
  phraseQuantity,
  phraseShare,
} from '../../../pipelines/core/views/phrase-number.ts';

describe('numbers', () => {
  test.each([
    [phraseNumber(-1234.5, 1), '−1,234.5'],
    [phraseNumber(1234567.891, 2), '1,234,567.89'],
    [phraseNumber(-0.0004, 3), '0.000'],
    [phraseNumber(0.12345, 4), '0.1235'],
    [phraseCount(112034), '112,034'],
    [phraseQuantity(1, 'model'), '1 model'],
    [phraseQuantity(0, 'model'), '0 models'],
    [phraseChange(0.012, 3), '+0.012'],
    [phraseChange(-0.012, 3), '−0.012'],
    [phraseChange(0.0001, 3), '0.000'],
    [phraseInterval({ lower: 0.6, upper: 0.62, level: 0.95 }, 3), '0.600 to 0.620'],
    [phraseShare(0.0123), '1.2 %'],
    [phraseMoney(-12.5, 'USD', 2), 'USD\u00a0−12.50'],
    [phraseMoney(3, null, 0), '3'],
    [phraseBytes(999), '999 B'],
    [phraseBytes(21_400), '21.4 kB'],
    [phraseBytes(5_000_000), '5.0 MB'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe('figures in units of the label', () => {
  test.each([
    [189.534, '189.53'],
    [0.0123, '0.0123'],
    [0.5, '0.500'],
    [12_345.678, '12,345.7'],
    [1_234_567.8, '1,234,568'],
    [0, '0.00'],
    [1e-12, '0.00000000'],
  ])('%f has digits that tell: %s', (value, expected) => {
    expect(phraseNumber(value, metricDigits('meanAbsoluteError', value))).toBe(expected);
  });

  test('others keep the digits of their metric, whatever their size', () => {
    expect([metricDigits('rocAuc', 0.0123), metricDigits('rSquared', -12), metricDigits('nothing of ours', 5)]).toEqual([3, 3, 3]);
    expect(metricDigits('rootMeanSquaredError')).toBe(2);
  });
});

describe('times', () => {
  test.each([
    [phraseDay('2001-04-20T00:00:00Z'), '20 Apr 2001'],
    [phraseInstant('2001-04-20T06:30:00Z'), '20 Apr 2001, 06:30 UTC'],
    [phraseSeconds(0), '0 minutes'],
    [phraseSeconds(90_061), '1 day 1 hour'],
    [phraseSeconds(2 * 86_400), '2 days'],
    [phraseSeconds(7500), '2 hours 5 minutes'],
    [phraseBetween('2001-04-20T00:00:00Z', '2001-04-27T00:00:00Z'), '7 days'],
    [phraseWindow({ start: '2001-03-01T00:00:00Z', end: '2001-03-02T00:00:00Z' }), '1 Mar 2001'],
    [phraseWindow({ start: '2001-03-01T00:00:00Z', end: '2001-03-08T00:00:00Z' }), '1 Mar to 7 Mar 2001'],
    [phraseWindow({ start: '2000-12-30T00:00:00Z', end: '2001-01-02T00:00:00Z' }), '30 Dec 2000 to 1 Jan 2001'],
    [phraseWindow({ start: '2001-03-01T06:00:00Z', end: '2001-03-01T12:00:00Z' }), '1 Mar 2001, 06:00 UTC to 1 Mar 2001, 12:00 UTC'],
  ])('%s', (actual, expected) => {
    expect(actual).toBe(expected);
  });
});

test('an estimate is never said without its sample size, and a missing one says why', () => {
  const known = {
    metric: 'rocAuc' as const,
    value: 0.61,
    interval: { lower: 0.604, upper: 0.616, level: 0.95 },
    sampleSize: 112_034,
    positives: 1,
    method: 'm',
    why: null,
  };

  expect(phraseEstimate(known)).toBe('0.610 (0.604 to 0.616, n 112,034)');
  expect(phraseEstimate({ ...known, value: null, interval: null, why: 'one class only' })).toBe('not computed: one class only');
});
