import { describe, expect, test } from 'vitest';
import { energyDistance } from '../../pipelines/core/statistics/distances/energy-distance.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { kullbackLeibler } from '../../pipelines/core/statistics/distances/kullback-leibler.ts';
import { linearQuantile } from '../../pipelines/core/statistics/distances/linear-quantile.ts';
import { populationStabilityIndex } from '../../pipelines/core/statistics/distances/population-stability-index.ts';
import { scaledWasserstein } from '../../pipelines/core/statistics/distances/scaled-wasserstein.ts';
import { type Adjustment, adjustPValues } from '../../pipelines/core/statistics/hypotheses/adjust-p-values.ts';
import { cramerVonMises } from '../../pipelines/core/statistics/hypotheses/cramer-von-mises.ts';
import { mannWhitney } from '../../pipelines/core/statistics/hypotheses/mann-whitney.ts';
import { clopperPearson } from '../../pipelines/core/statistics/intervals/clopper-pearson.ts';
import { expectClose } from './expect-close.ts';
import { evidentlyChiSquare } from './peers/evidently-rules.ts';
import { type BinRule, binEdges, doaneEdges } from './peers/numpy-bins.ts';
import { yatesChiSquare } from './peers/yates-chi-square.ts';
import { readColumns } from './read-loans.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

interface Oracle {
  readonly clopper_pearson_ci: readonly [number, number, number, number][];
  readonly two_sample_numeric: readonly ({ readonly name: string; readonly ref: number[]; readonly cur: number[] } & Record<
    | 'energy_distance'
    | 'cvm_stat'
    | 'cvm_p_asymptotic'
    | 'mwu_stat'
    | 'mwu_p_asymptotic'
    | 'wasserstein'
    | 'wasserstein_normed_by_max_std_0.001'
    | 'ref_std_ddof0',
    number
  >)[];
  readonly categorical: readonly {
    readonly name: string;
    readonly ref_counts: number[];
    readonly cur_counts: number[];
    readonly chi2_contingency_scipy_default_yates_when_dof1: [number, number, number];
    readonly chisquare_gof_evidently?: [number, number];
    readonly js_distance_base_e: number;
    readonly js_divergence_base2: number;
    readonly kl_ref_cur?: number;
    readonly psi_no_smoothing?: number;
  }[];
  readonly multiple_testing: Readonly<Record<string, number[]>>;
  readonly numpy_bins: Readonly<Record<string, Readonly<Record<string, number[]>>>>;
  readonly carloan_reference_doane_edges: Readonly<Record<string, { n_bins: number; min: number; max: number }>>;
}

/** Samples with ties, for which SciPy's formula of ranks is no distance: the share of all ways to deal the rows whose Σ (F − G)² is at least as large.
 * The limit is 0.04 off at four rows a side, as SciPy's is. */
const SHUFFLED: Readonly<Record<string, number>> = {
  tiny: 0.14285714285714285,
  ties: 0.40958164642375167,
  constant_ref: 0.06315789473684211,
};

describe.skipIf(!oraclesPresent())('SciPy, statsmodels and NumPy', () => {
  const oracle = oraclesPresent() ? readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json') : null;

  test.each(oracle?.two_sample_numeric ?? [])('numbers: $name', (given) => {
    const rows = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));

    const cvm = cramerVonMises(given.ref, given.cur);
    const mwu = mannWhitney(given.ref, given.cur);
    const scaled = scaledWasserstein(rows(given.ref), rows(given.cur));

    // The root of a difference that is 0 up to rounding keeps half of the digits.
    expectClose(energyDistance(given.ref, given.cur), given.energy_distance, 1e-7);
    const exact = SHUFFLED[given.name];
    if (exact === undefined) {
      expectClose(cvm.statistic, given.cvm_stat, 1e-9);
      expectClose(cvm.pValue, given.cvm_p_asymptotic, 1e-6);
    } else expect(Math.abs(cvm.pValue - exact)).toBeLessThan(Math.max(0.04, Math.abs(given.cvm_p_asymptotic - exact)));
    expectClose(mwu.statistic, given.mwu_stat, 1e-12);
    expectClose(mwu.pValue, given.mwu_p_asymptotic, 1e-9);
    expectClose(scaled.distance, given.wasserstein, 1e-9);
    expectClose(scaled.byDeviation, given['wasserstein_normed_by_max_std_0.001'], 1e-9);
    expectClose(scaled.byDeviation * Math.max(given.ref_std_ddof0, 0.001), given.wasserstein, 1e-9);
  });

  test.each(oracle?.categorical ?? [])('classes: $name', ({ ref_counts, cur_counts, ...expected }) => {
    const yates = yatesChiSquare(ref_counts, cur_counts);
    const distance = jensenShannonDistance(ref_counts, cur_counts);

    expectClose(yates.statistic, expected.chi2_contingency_scipy_default_yates_when_dof1[0], 1e-9);
    expectClose(yates.pValue, expected.chi2_contingency_scipy_default_yates_when_dof1[1], 1e-9);
    expect(ref_counts.length - 1).toBe(expected.chi2_contingency_scipy_default_yates_when_dof1[2]);
    expectClose(distance ** 2, expected.js_divergence_base2, 1e-9);
    expectClose(distance * Math.sqrt(Math.LN2), expected.js_distance_base_e, 1e-9);
    if (expected.kl_ref_cur !== undefined) {
      expectClose(kullbackLeibler(ref_counts, cur_counts), expected.kl_ref_cur, 1e-9);
      const both = kullbackLeibler(ref_counts, cur_counts) + kullbackLeibler(cur_counts, ref_counts);
      expectClose(populationStabilityIndex(ref_counts, cur_counts).raw, both, 1e-9);
    }
    if (expected.chisquare_gof_evidently !== undefined) {
      const goodness = evidentlyChiSquare(ref_counts, cur_counts);
      expectClose(goodness.statistic, expected.chisquare_gof_evidently[0], 1e-9);
      expectClose(goodness.pValue, expected.chisquare_gof_evidently[1], 1e-9);
    }
  });

  test.each([
    ['bonferroni', 'bonferroni'],
    ['holm', 'holm'],
    ['fdr_bh', 'benjaminiHochberg'],
    ['fdr_by', 'benjaminiYekutieli'],
    ['simes-hochberg', 'hochberg'],
    ['sidak', 'sidak'],
  ] satisfies [string, Adjustment][])('p values adjusted: %s', (name, method) => {
    const { p = [], [name]: expected = [] } = oracle?.multiple_testing ?? {};

    const adjusted = adjustPValues(p, method);

    expect(expected).toHaveLength(15);
    for (const [index, value] of adjusted.entries()) expectClose(value, expected[index] ?? Number.NaN, 1e-9);
  });

  test('exact intervals of proportions', () => {
    const rows = oracle?.clopper_pearson_ci ?? [];

    for (const [k, n, lower, upper] of rows) {
      expectClose(clopperPearson(k, n).lower, lower, 1e-9);
      expectClose(clopperPearson(k, n).upper, upper, 1e-9);
    }

    expect(rows).toHaveLength(5);
  });

  test.each(Object.entries(oracle?.numpy_bins ?? {}))('bin edges and quantiles: %s', (_, given) => {
    const { x = [], ...rules } = given;
    const sorted = Float64Array.from(x).sort();

    for (const rule of ['doane', 'sturges', 'fd', 'auto', 'scott'] satisfies BinRule[]) {
      const edges = binEdges(x, rule);
      expect(edges, rule).toHaveLength(rules[rule]?.length ?? 0);
      for (const [index, edge] of edges.entries()) expect(Math.abs(edge - (rules[rule]?.[index] ?? Number.NaN))).toBeLessThan(1e-9);
    }
    const levels = [...new Set(sorted)];
    const counts = levels.map((level) => x.filter((value) => value === level).length);
    expect(doaneEdges(levels, counts)).toHaveLength(rules['doane']?.length ?? 0);
    const quantiles = given['quantiles_linear_0_0.1_1'] ?? [];
    expect(quantiles).toHaveLength(11);
    for (const [index, value] of quantiles.entries()) expectClose(linearQuantile(sorted, index / 10), value, 1e-9);
  });

  test('Doane bins of the car loans', async () => {
    const expected = oracle?.carloan_reference_doane_edges ?? {};
    const columns = await readColumns(['data/reference_synthetic_car_loan.parquet'], Object.keys(expected));

    for (const [name, { n_bins, min, max }] of Object.entries(expected)) {
      const edges = binEdges((columns.get(name) ?? []).map(Number), 'doane');
      expect(edges.length - 1, name).toBe(n_bins);
      expectClose(edges[0], min, 1e-12);
      expectClose(edges.at(-1), max, 1e-12);
    }

    expect(Object.keys(expected)).toHaveLength(5);
  });
});
