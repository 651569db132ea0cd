import { describe, expect, test } from 'vitest';
import { cohensKappa } from '../../../pipelines/core/statistics/agreement/cohens-kappa.ts';
import { fleissKappa } from '../../../pipelines/core/statistics/agreement/fleiss-kappa.ts';
import { seededRandom } from '../../../pipelines/core/statistics/distributions/seeded-random.ts';
import { clusteredMean } from '../../../pipelines/core/statistics/intervals/clustered-mean.ts';
import { clusteredShare, type EffectiveShare, shareInterval } from '../../../pipelines/core/statistics/intervals/clustered-share.ts';
import { differenceOfShares } from '../../../pipelines/core/statistics/intervals/difference-of-shares.ts';
import { ratioOfShares } from '../../../pipelines/core/statistics/intervals/ratio-of-shares.ts';

const shareOf = (successes: number, trials: number): EffectiveShare => ({ value: successes / trials, trials, effective: trials });

// Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses; the data set `diagnoses` of R's irr, as statsmodels 0.15.0 carries it in its tests.
const DIAGNOSES =
  '444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555'
    .split(' ')
    .map((raters) => [1, 2, 3, 4, 5].map((diagnosis) => [...raters].filter((digit) => Number(digit) === diagnosis).length));

describe('shares of groups', () => {
  // statsmodels 0.15.0, confint_proportions_2indep(compare='ratio', method='log').
  test.each([
    [37, 210, 58, 190, 0.40159986340678355, 0.8295117019721833],
    [3, 40, 8, 35, 0.09429685957157707, 1.1417773202009436],
  ])('the ratio of %i/%i to %i/%i has the interval of statsmodels', (a, m, b, n, lower, upper) => {
    const { ratio, interval } = ratioOfShares(shareOf(a, m), shareOf(b, n));

    expect(ratio).toBeCloseTo(a / m / (b / n), 12);
    expect(interval.lower).toBeCloseTo(lower, 10);
    expect(interval.upper).toBeCloseTo(upper, 10);
  });

  test('a ratio to nothing selected has no value, and its interval is finite at zero', () => {
    const none = ratioOfShares(shareOf(5, 50), shareOf(0, 50));
    const zero = ratioOfShares(shareOf(0, 50), shareOf(20, 50));

    expect(none.ratio).toBeNull();
    expect(zero).toMatchObject({ ratio: 0, interval: { lower: 0 } });
    expect(zero.interval.upper).toBeGreaterThan(0);
    expect(zero.interval.upper).toBeLessThan(0.8);
  });

  // statsmodels 0.15.0, confint_proportions_2indep(compare='diff', method='newcomb'), which gives first − second.
  test.each([
    [3, 40, 8, 35, -0.32248625576339696, 0.010540005604925573],
    [0, 40, 8, 35, -0.3901731689199025, -0.08956538280568613],
  ])('the difference of %i/%i and %i/%i has the interval of statsmodels', (a, m, b, n, lower, upper) => {
    const interval = differenceOfShares(shareOf(a, m), shareOf(b, n));

    expect(interval.lower).toBeCloseTo(-upper, 10);
    expect(interval.upper).toBeCloseTo(-lower, 10);
  });

  // statsmodels 0.15.0, OLS on a constant with cov_type='cluster', use_t=True.
  test('a mean over days has the error and the interval of clustered regression', () => {
    const found = clusteredMean({ sums: Float64Array.of(3, 7, 2, 9, 4, 6), rows: Float64Array.of(20, 25, 14, 30, 22, 19) });

    expect(found.mean).toBeCloseTo(0.23846154, 8);
    expect(found.standardError).toBeCloseTo(0.03052195, 8);
    expect(found.interval?.lower).toBeCloseTo(0.16000238, 7);
    expect(found.interval?.upper).toBeCloseTo(0.3169207, 7);
  });

  test('days that differ more than chance make a share worth fewer rows', () => {
    const even = clusteredShare({ sums: new Float64Array(20).fill(10), rows: new Float64Array(20).fill(50) });
    const stormy = clusteredShare({
      sums: Float64Array.from({ length: 20 }, (_, day) => (day % 2) * 20),
      rows: new Float64Array(20).fill(50),
    });

    expect(even.value).toBe(stormy.value);
    expect(even.effective).toBeGreaterThan(800);
    expect(even.effective).toBeLessThanOrEqual(even.trials);
    expect(stormy.effective).toBeLessThan(100);
  });

  test('the interval of a share covers 93 to 97 % when days differ', () => {
    const random = seededRandom(5);
    const unit = () => random.uint32() / 2 ** 32;
    const trials = 1500;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const sums = new Float64Array(14);
      const rows = new Float64Array(14).fill(40);
      for (const day of sums.keys()) {
        const risk = 0.1 + 0.3 * unit();
        for (let row = 0; row < 40; row += 1) if (unit() < risk) sums[day] = (sums[day] ?? 0) + 1;
      }
      const { lower, upper } = shareInterval(clusteredShare({ sums, rows }));
      if (lower <= 0.25 && 0.25 <= upper) covered += 1;
    }

    expect(covered / trials).toBeGreaterThan(0.93);
    expect(covered / trials).toBeLessThan(0.975);
  });
});

describe('agreement of annotators', () => {
  test('of two is that of SAS and statsmodels', () => {
    const found = cohensKappa([
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ]);

    // The SAS printout in the tests of statsmodels.
    expect(found?.kappa).toBeCloseTo(0.4842, 4);
    expect(found?.standardError).toBeCloseTo(0.138, 4);
    expect(found?.interval.lower).toBeCloseTo(0.2137, 4);
    expect(found?.interval.upper).toBeCloseTo(0.7547, 4);
  });

  test('of many is that of R, with its error under chance', () => {
    const found = fleissKappa(DIAGNOSES);

    // irr: kappam.fleiss(diagnoses) has kappa 0.4302445 and z 17.65183.
    expect(found?.kappa).toBeCloseTo(0.4302445, 7);
    expect((found?.kappa ?? 0) / (found?.nullStandardError ?? 1)).toBeCloseTo(17.65183, 4);
    expect(found?.interval?.lower).toBeLessThan(0.4302445 - 2 * (found?.nullStandardError ?? 0));
  });

  test('items of one annotation are left out, and unequal numbers have no error under chance', () => {
    const whole = fleissKappa(DIAGNOSES);
    const withSingles = fleissKappa([...DIAGNOSES, [1, 0, 0, 0, 0]]);
    const unequal = fleissKappa([...DIAGNOSES, [2, 0, 0, 0, 0]]);

    expect(withSingles).toEqual(whole);
    expect(unequal?.nullStandardError).toBeNull();
  });

  test('that chance alone explains wholly has no kappa', () => {
    expect(cohensKappa([[10]])).toBeNull();
    expect(cohensKappa([])).toBeNull();
    expect(fleissKappa([[3], [3]])).toBeNull();
    expect(fleissKappa([])).toBeNull();
  });
});
