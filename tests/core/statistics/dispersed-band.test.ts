import { describe, expect, test } from 'vitest';
import { dispersedBand } from '../../../pipelines/core/statistics/estimation/dispersed-band.ts';

describe('dispersedBand', () => {
  test('leaves the band of windows that differ by no more than chance', () => {
    // scipy 1.17.1 chi2.isf(.1, 13) = 19.8119: 14 windows may have a mean square of 1.524.
    expect(dispersedBand({ windows: 14, meanSquare: 0.5 })).toBe(1);
    expect(dispersedBand({ windows: 14, meanSquare: 1.523 })).toBe(1);
    expect(dispersedBand({ windows: 14, meanSquare: 1.525 })).toBeGreaterThan(1.2);
    expect(dispersedBand({ windows: 1, meanSquare: 9 })).toBe(1);
  });

  test('is the root of the mean square times Student over normal', () => {
    // scipy 1.16: t.isf(.025, 13) = 2.1603686565, norm.isf(.025) = 1.9599639845
    expect(dispersedBand({ windows: 14, meanSquare: 4 })).toBeCloseTo((2 * 2.1603686565) / 1.9599639845, 8);
  });

  test('never narrows, and grows with what windows differ by', () => {
    let before = 1;
    for (let meanSquare = 0; meanSquare < 20; meanSquare += 0.25) {
      const factor = dispersedBand({ windows: 9, meanSquare });
      expect(factor).toBeGreaterThanOrEqual(before);
      before = factor;
    }
  });
});
