import { standardDeviation } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { hellingerDistance } from '../../pipelines/core/statistics/distances/hellinger.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { lInfinity } from '../../pipelines/core/statistics/distances/l-infinity.ts';
import { populationStabilityIndex } from '../../pipelines/core/statistics/distances/population-stability-index.ts';
import { totalVariation } from '../../pipelines/core/statistics/distances/total-variation.ts';
import { wasserstein } from '../../pipelines/core/statistics/distances/wasserstein.ts';
import { benjaminiHochberg } from '../../pipelines/core/statistics/hypotheses/benjamini-hochberg.ts';
import { chiSquareTest } from '../../pipelines/core/statistics/hypotheses/chi-square-test.ts';
import { fisherExact } from '../../pipelines/core/statistics/hypotheses/fisher-exact.ts';
import { gTest } from '../../pipelines/core/statistics/hypotheses/g-test.ts';
import { kolmogorovSmirnov } from '../../pipelines/core/statistics/hypotheses/kolmogorov-smirnov.ts';
import { twoProportions } from '../../pipelines/core/statistics/hypotheses/two-proportions.ts';
import { deLong } from '../../pipelines/core/statistics/metrics/delong.ts';
import { expectClose } from './expect-close.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

interface Oracle {
  readonly two_sample_numeric: readonly ({ readonly name: string; readonly ref: number[]; readonly cur: number[] } & Record<
    'ks_stat' | 'ks_p_auto' | 'ks_p_asymp' | 'ks_p_exact' | 'wasserstein' | 'ref_std_ddof0' | 'wasserstein_normed_by_max_std_0.001',
    number
  >)[];
  readonly categorical: readonly (Record<'js_distance_base2' | 'hellinger' | 'tvd' | 'l_infinity', number> & {
    readonly name: string;
    readonly ref_counts: number[];
    readonly cur_counts: number[];
    readonly chi2_contingency: [number, number, number];
    readonly g_test: [number, number];
    readonly psi_no_smoothing?: number;
  })[];
  readonly fisher_exact: readonly [[[number, number], [number, number]], number][];
  readonly two_proportion_z: readonly [number, number, number, number, number, number][];
  readonly multiple_testing: { readonly p: number[]; readonly fdr_bh: number[] };
  readonly binary_classification: {
    readonly y_true: number[];
    readonly y_score: number[];
    readonly delong: { readonly auc: number; readonly se_ddof1: number };
  };
}

describe.skipIf(!oraclesPresent())('two-sample measures against SciPy, scikit-learn and statsmodels', () => {
  const oracle = oraclesPresent() ? readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json') : null;

  test.each(oracle?.two_sample_numeric ?? [])('numbers: $name', (given) => {
    const rows = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));

    const exact = kolmogorovSmirnov(given.ref, given.cur, 'exact');
    const distance = wasserstein(rows(given.ref), rows(given.cur));

    expectClose(exact.statistic, given.ks_stat, 1e-12);
    expectClose(exact.pValue, given.ks_p_exact, 1e-9);
    expectClose(kolmogorovSmirnov(given.ref, given.cur).pValue, given.ks_p_auto, 1e-9);
    expectClose(kolmogorovSmirnov(given.ref, given.cur, 'asymptotic').pValue, given.ks_p_asymp, 1e-7);
    expectClose(distance, given.wasserstein, 1e-9);
    expectClose(distance / Math.max(standardDeviation(given.ref), 0.001), given['wasserstein_normed_by_max_std_0.001'], 1e-9);
  });

  test.each(oracle?.categorical ?? [])('classes: $name', ({ ref_counts, cur_counts, ...expected }) => {
    const chi = chiSquareTest(ref_counts, cur_counts);
    const g = gTest(ref_counts, cur_counts);

    expectClose(chi.statistic, expected.chi2_contingency[0], 1e-9);
    expectClose(chi.pValue, expected.chi2_contingency[1], 1e-9);
    expect(chi.degreesOfFreedom).toBe(expected.chi2_contingency[2]);
    expectClose(g.statistic, expected.g_test[0], 1e-9);
    expectClose(g.pValue, expected.g_test[1], 1e-9);
    expectClose(jensenShannonDistance(ref_counts, cur_counts), expected.js_distance_base2, 1e-9);
    expectClose(hellingerDistance(ref_counts, cur_counts), expected.hellinger, 1e-9);
    expectClose(totalVariation(ref_counts, cur_counts), expected.tvd, 1e-9);
    expectClose(lInfinity(ref_counts, cur_counts).value, expected.l_infinity, 1e-9);
    if (expected.psi_no_smoothing === undefined) expect(populationStabilityIndex(ref_counts, cur_counts).raw).toBeNull();
    else expectClose(populationStabilityIndex(ref_counts, cur_counts).raw, expected.psi_no_smoothing, 1e-9);
  });

  test('Fisher, proportions, Benjamini-Hochberg', () => {
    for (const [[first, second], p] of oracle?.fisher_exact ?? []) expectClose(fisherExact({ first, second }), p, 1e-9);
    for (const [k1, n1, k2, n2, z, p] of oracle?.two_proportion_z ?? []) {
      const result = twoProportions({ successes: k1, trials: n1 }, { successes: k2, trials: n2 });
      expectClose(-result.statistic, z, 1e-9);
      expectClose(result.pValue, p, 1e-9);
    }
    const adjusted = benjaminiHochberg(oracle?.multiple_testing.p ?? []);

    expect(adjusted).toHaveLength(15);
    for (const [index, p] of adjusted.entries()) expectClose(p, oracle?.multiple_testing.fdr_bh[index] ?? Number.NaN, 1e-9);
  });

  test('area under the ROC curve with ties, and its DeLong error', () => {
    const { y_true = [], y_score = [], delong } = oracle?.binary_classification ?? {};
    const levels = [...new Set(y_score)].sort((a, b) => a - b);
    const count = (label: number) => levels.map((level) => y_score.filter((score, row) => score === level && y_true[row] === label).length);

    const area = deLong({ negatives: count(0), positives: count(1) });

    expectClose(area?.area, delong?.auc ?? Number.NaN, 1e-12);
    expectClose(area?.standardError, delong?.se_ddof1 ?? Number.NaN, 1e-12);
  });
});
