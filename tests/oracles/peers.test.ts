import { describe, expect, test } from 'vitest';
import { cramersV } from '../../pipelines/core/statistics/distances/cramers-v.ts';
import { hellingerDistance } from '../../pipelines/core/statistics/distances/hellinger.ts';
import { lInfinity } from '../../pipelines/core/statistics/distances/l-infinity.ts';
import { populationStabilityIndex } from '../../pipelines/core/statistics/distances/population-stability-index.ts';
import { wasserstein } from '../../pipelines/core/statistics/distances/wasserstein.ts';
import { chiSquareQuantile } from '../../pipelines/core/statistics/distributions/chi-square-quantile.ts';
import { normalQuantile } from '../../pipelines/core/statistics/distributions/normal-quantile.ts';
import { benjaminiHochberg } from '../../pipelines/core/statistics/hypotheses/benjamini-hochberg.ts';
import { fisherExact } from '../../pipelines/core/statistics/hypotheses/fisher-exact.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

type Figure = { readonly expected: number; readonly eps: number };
type Counts = Readonly<Record<string, number>>;

const absent = !oraclesPresent();

/** Counts of both samples over the union of their values. */
function paired(reference: Counts, current: Counts): [number[], number[]] {
  const values = [...new Set([...Object.keys(reference), ...Object.keys(current)])];
  return [values.map((value) => reference[value] ?? 0), values.map((value) => current[value] ?? 0)];
}

function counted(values: readonly string[]): Counts {
  return Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((other) => other === value).length]));
}

describe.skipIf(absent)('figures asserted by the peers', () => {
  test('scouter: critical values of the population stability index', () => {
    const oracle = readOracle<Record<string, Figure>>('unit/scouter_psi_thresholds.json');
    const [rows, classes, wider] = [400, 10, { rows: 1000, classes: 20 }];

    const chiSquare = chiSquareQuantile(0.05, classes - 1) / rows;
    const large = chiSquareQuantile(0.05, wider.classes - 1) / wider.rows;
    const normal = (classes - 1 + normalQuantile(0.95) * Math.sqrt(2 * (classes - 1))) / rows;

    // The index at which the p value is 5 % is the critical value of two samples: chi-square quantile · (1/N + 1/M).
    const [reference, current] = [new Array<number>(10).fill(300), [40, 40, 40, 40, 40, 40, 40, 40, 57, 23]];
    const index = populationStabilityIndex(reference, current);
    const critical = chiSquareQuantile(index.pValue, 9) * (1 / 3000 + 1 / 400);
    expect(Math.abs(critical - index.value)).toBeLessThan(1e-9);
    for (const [actual, name] of [
      [chiSquare, 'chi2_alpha_0.05_M400_B10'],
      [large, 'chi2_alpha_0.05_M1000_B20'],
      [normal, 'normal_alpha_0.05_M400_B10'],
    ] as const) {
      expect(Math.abs(actual - (oracle[name]?.expected ?? Number.NaN)), name).toBeLessThanOrEqual(oracle[name]?.eps ?? 0);
    }
  });

  test('NannyML: L-infinity of categories', () => {
    const oracle = readOracle<{ explicit: { ref: string[]; cur: string[]; expected_2dp: number }[] }>('unit/nannyml_univariate_unit.json');

    const values = oracle.explicit.map(({ ref, cur }) => lInfinity(...paired(counted(ref), counted(cur))).value);

    expect(values.map((value) => Number(value.toFixed(2)))).toEqual(oracle.explicit.map(({ expected_2dp }) => expected_2dp));
    expect(values).toHaveLength(3);
  });

  test("deepchecks: Cramér's V", () => {
    type Case = { fn: string; ref_counts?: Counts; cur_counts?: Counts; expected: number; tol?: number };
    const { cases } = readOracle<{ cases: Case[] }>('unit/deepchecks_drift_unit.json');
    const used = cases.filter(({ fn }) => fn.startsWith('cramers_v') && !fn.includes('merged'));

    for (const { ref_counts = {}, cur_counts = {}, expected, tol = 1e-12 } of used) {
      expect(Math.abs(cramersV(...paired(ref_counts, cur_counts)) - expected)).toBeLessThanOrEqual(tol);
    }

    expect(used).toHaveLength(5);
  });

  test('deepchecks: earth mover distance on [0, 1]', () => {
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => ({ value: from + index, weight: 1 }));

    const distance = wasserstein(rows(0, 100), rows(50, 150)) / 149;

    expect(wasserstein([{ value: 1, weight: 100 }], [{ value: 0, weight: 100 }])).toBe(1);
    expect(Math.abs(distance - 0.33)).toBeLessThanOrEqual(0.01);
  });

  test('Evidently: Hellinger of categories and Fisher', () => {
    type Case = {
      test: string;
      ref_counts?: number[];
      cur_counts?: number[];
      expected?: number;
      ref?: string[];
      cur?: string[];
      expected_p?: number;
    };
    const { cases } = readOracle<{ cases: Case[] }>('unit/evidently_stattests.json');
    const hellinger = cases.find(({ test: name }) => name === 'hellinger categorical');
    const fisher = cases.filter(({ test: name, ref, cur }) => name === 'fisher exact p' && ref !== undefined && cur !== undefined);

    const pValues = fisher.map(({ ref = [], cur = [] }) => {
      const [a, b] = [counted(ref), counted(cur)];
      return fisherExact({ first: [a['a'] ?? 0, a['b'] ?? 0], second: [b['a'] ?? 0, b['b'] ?? 0] });
    });

    const distance = hellingerDistance(hellinger?.ref_counts ?? [], hellinger?.cur_counts ?? []);

    expect(Math.abs(distance - (hellinger?.expected ?? Number.NaN))).toBeLessThanOrEqual(1e-5);
    expect(fisher.length).toBeGreaterThan(0);
    for (const [index, p] of pValues.entries()) expect(Math.abs(p - (fisher[index]?.expected_p ?? Number.NaN))).toBeLessThanOrEqual(0.001);
  });

  test("deepchecks: Cramér's V with values below a tenth set aside is ours of the values that remain", () => {
    type Case = { fn: string; ref_counts?: Counts; cur_counts?: Counts; expected: number; tol?: number };
    const { cases } = readOracle<{ cases: Case[] }>('unit/deepchecks_drift_unit.json');
    const merged = cases.find(({ fn }) => fn.includes('merged'));
    const [reference, current] = paired(merged?.ref_counts ?? {}, merged?.cur_counts ?? {});
    const total = [...reference, ...current].reduce((sum, count) => sum + count, 0);
    const isRare = (index: number) => ((reference[index] ?? 0) + (current[index] ?? 0)) / total < 0.1;
    const frequent = (counts: readonly number[]) => counts.filter((_, index) => !isRare(index));

    const value = cramersV(frequent(reference), frequent(current));

    expect(reference.filter((_, index) => isRare(index))).toHaveLength(2);
    expect(Math.abs(value - (merged?.expected ?? Number.NaN))).toBeLessThanOrEqual(merged?.tol ?? 0);
  });

  test.each([0.05, 0.1, 0.25])('alibi-detect: a thousand p values just below %f are all rejected', (q) => {
    const adjusted = benjaminiHochberg(new Array<number>(1000).fill(q - 1e-5));

    expect(adjusted.every((p) => p <= q)).toBe(true);
  });

  test.each([0.05, 0.1, 0.25])(
    'alibi-detect rejects none of a thousand p values equal to %f; Benjamini and Hochberg say "at most", and so do we',
    (q) => {
      const adjusted = benjaminiHochberg(new Array<number>(1000).fill(q));

      expect(adjusted.every((p) => p < q)).toBe(false);
      expect(adjusted.every((p) => p <= q)).toBe(true);
    },
  );
});
