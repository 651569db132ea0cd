import { describe, expect, test } from 'vitest';
import { quantileMisfit } from '../../../pipelines/core/statistics/distances/quantile-misfit.ts';
import { expectedCount } from '../../../pipelines/core/statistics/hypotheses/expected-count.ts';

const DAYS = [
  [980, 1045],
  [1010, 1102],
  [1230, 1175],
  [400, 455],
  [300, 330, 275],
];

describe('expectedCount', () => {
  // statsmodels 0.15.0: GLM(counts, one indicator a group, Poisson).fit(scale='X2') gives scale 2.652904628959522 with 6 degrees of freedom;
  // SciPy 1.17.1: mean -+ t.ppf(0.975, 6) * sqrt(scale * mean * (1 + 1 / n)).
  test.each([
    [0, 1012.5, 857.1818215318024, 1167.8181784681976],
    [4, 301.6666666666667, 221.73623218615683, 381.59710114717655],
  ])('group %i as statsmodels and SciPy have it', (group, mean, lower, upper) => {
    const found = expectedCount(DAYS, group);

    expect(found?.mean).toBeCloseTo(mean, 10);
    expect(found?.dispersion).toBeCloseTo(2.652904628959522, 8);
    expect(found?.interval?.lower).toBeCloseTo(lower, 6);
    expect(found?.interval?.upper).toBeCloseTo(upper, 6);
  });

  test('no narrower than Poisson, not below 0, none without a second window', () => {
    expect(expectedCount([[100, 100]], 0)?.dispersion).toBe(1);
    expect(expectedCount([[1, 30]], 0)?.interval?.lower).toBe(0);
    expect(expectedCount([[100], [50]], 0)).toEqual({ mean: 100, interval: null, dispersion: null });
    expect(expectedCount([[0, 0]], 0)).toBeNull();
    expect(expectedCount([[1, 2]], 7)).toBeNull();
  });
});

describe('quantileMisfit', () => {
  test('0 for equal quantiles, the same in every unit', () => {
    expect(quantileMisfit([1, 2, 3], [1, 2, 3])).toBe(0);
    expect(quantileMisfit([20, 30, 40], [10, 20, 30])).toBe(quantileMisfit([2, 3, 4], [1, 2, 3]));
  });

  test('none without spread, of different lengths, or of values that are no numbers', () => {
    expect(quantileMisfit([1, 2], [5, 5])).toBeNull();
    expect(quantileMisfit([1], [1, 2])).toBeNull();
    expect(quantileMisfit([Number.NaN, 2, 3], [1, 2, 3])).toBeNull();
  });
});
