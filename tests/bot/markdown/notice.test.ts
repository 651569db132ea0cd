import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../bot/markdown/notice.ts';

describe('the notice of a model', () => {
  it('is quoted at the top of its texts, as data', () => {
    expect(noticeOf({ notice: 'Simulated: <b>nobody</b> is served.' })).toMatch(/^> Simulated\\?: /);
    expect(noticeOf({ notice: 'Simulated: <b>nobody</b> is served.' })).not.toContain('<b>');
  });

  it('is nothing where the owner states none', () => {
    expect(noticeOf({})).toBe('');
  });
});
