import { describe, expect, it } from 'vitest';
import { phraseCheckText, phraseOperator } from '../../../pipelines/core/views/phrase-check.ts';

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
