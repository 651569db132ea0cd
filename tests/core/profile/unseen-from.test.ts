import { describe, expect, test } from 'vitest';
import { unseenFrom } from '../../../pipelines/core/profile/unseen-from.ts';

describe('from how many rows on an unnamed value is new', () => {
  const sizes = { referenceRows: 1000, foldedRows: 100, currentRows: 1000, minimumCount: 20 };

  test('with a reference as small as the window, well above the fold', () => {
    expect(unseenFrom(sizes)).toBe(66);
  });

  test.each([
    [10, 22],
    [100, 20],
  ])('with a reference %i times the window, about the fold itself: %i', (times, rows) => {
    expect(unseenFrom({ ...sizes, referenceRows: times * 1000 })).toBe(rows);
  });

  test('the fold where the reference folded nothing, or there is nothing to count', () => {
    expect(unseenFrom({ ...sizes, foldedRows: 0 })).toBe(20);
    expect(unseenFrom({ ...sizes, currentRows: 0 })).toBe(20);
  });
});
