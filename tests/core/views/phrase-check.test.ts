import { describe, expect, it } from 'vitest';
import { phraseCheckFigures, phraseCheckText, phraseOperator } from '../../../pipelines/core/views/phrase-check.ts';

describe('texts of gate checks', () => {
  it.each([
    [`sha256:${'0123456789abcdef'.repeat(4)}`, 'sha256:0123456789ab…'],
    ['held out until 2001-04-15T00:00:00Z.', 'held out until 2001-04-15.'],
    ['2001-04-15T06:30:00Z', '2001-04-15T06:30:00Z'],
    ['flight-delay v2', 'flight-delay v2'],
  ])('%s is shown as %s', (text, shown) => {
    expect(phraseCheckText(text)).toBe(shown);
  });

  it('writes operators as people do', () => {
    expect([phraseOperator('>='), phraseOperator('<='), phraseOperator('==')]).toEqual(['≥', '≤', '=']);
  });
});

describe('figures of gate checks', () => {
  const base = { name: 'gain', metric: 'rocAuc', operator: '>=' as const, interval: null, passed: false, why: 'planted' };

  it('have the digits of their metric', () => {
    const interval = { lower: 0.6418, upper: 0.6594, level: 0.95 };

    expect(phraseCheckFigures({ ...base, expected: 0.58, actual: 0.65063, interval })).toEqual({
      expected: '0.580',
      actual: '0.651',
      interval: '0.642 to 0.659',
    });
    expect(phraseCheckFigures({ ...base, metric: 'logLoss', expected: -0.005, actual: -0.00026 }).actual).toBe('−0.0003');
    expect(phraseCheckFigures({ ...base, metric: 'labels', expected: 1000, actual: 23160 })).toMatchObject({
      expected: '1,000',
      actual: '23,160',
    });
  });

  it('have more digits where what was found would look like what was expected', () => {
    expect(phraseCheckFigures({ ...base, expected: 0, actual: -0.0000675 }).actual).toBe('−0.0001');
    expect(phraseCheckFigures({ ...base, expected: 0.58, actual: 0.57999 })).toMatchObject({ expected: '0.58000', actual: '0.57999' });
  });

  it('cut digests and say when nothing was found', () => {
    const digest = `sha256:${'0'.repeat(64)}`;

    expect(phraseCheckFigures({ ...base, expected: digest, actual: null })).toEqual({
      expected: 'sha256:000000000000…',
      actual: null,
      interval: null,
    });
  });
});
