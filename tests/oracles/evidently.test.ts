import { describe, expect, test } from 'vitest';
import { energyDistance } from '../../pipelines/core/statistics/distances/energy-distance.ts';
import { hellingerDistance } from '../../pipelines/core/statistics/distances/hellinger.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { kullbackLeibler } from '../../pipelines/core/statistics/distances/kullback-leibler.ts';
import { populationStabilityIndex } from '../../pipelines/core/statistics/distances/population-stability-index.ts';
import { totalVariation } from '../../pipelines/core/statistics/distances/total-variation.ts';
import { seededRandom, shuffledIndices } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { studentTUpperTail } from '../../pipelines/core/statistics/distributions/student-t-upper-tail.ts';
import { andersonDarling } from '../../pipelines/core/statistics/hypotheses/anderson-darling.ts';
import { chiSquareTest } from '../../pipelines/core/statistics/hypotheses/chi-square-test.ts';
import { cramerVonMises } from '../../pipelines/core/statistics/hypotheses/cramer-von-mises.ts';
import { kolmogorovSmirnov } from '../../pipelines/core/statistics/hypotheses/kolmogorov-smirnov.ts';
import { mannWhitney } from '../../pipelines/core/statistics/hypotheses/mann-whitney.ts';
import { twoProportions } from '../../pipelines/core/statistics/hypotheses/two-proportions.ts';
import { welchTest } from '../../pipelines/core/statistics/hypotheses/welch-test.ts';
import { expectClose } from './expect-close.ts';
import { evidentlyChiSquare, evidentlyGTest } from './peers/evidently-rules.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

interface Case {
  readonly test: string;
  readonly ref?: (number | string | null)[];
  readonly cur?: (number | string | null)[];
  readonly ref_counts?: number[];
  readonly cur_counts?: number[];
  readonly ref_values?: number[];
  readonly expected?: number;
  readonly expected_p?: number;
  readonly expected_hellinger?: number;
  readonly expected_identical?: number;
  readonly expected_shift_plus5?: number;
  readonly cases?: { readonly cur_counts: number[]; readonly expected_p: number }[];
}

const repeated = (values: readonly number[], counts: readonly number[]) =>
  values.flatMap((value, index) => new Array<number>(counts[index] ?? 0).fill(value));

function classes(ref: readonly unknown[], cur: readonly unknown[]): [number[], number[]] {
  const values = [...new Set([...ref, ...cur])];
  const count = (sample: readonly unknown[]) => values.map((value) => sample.filter((each) => each === value).length);
  return [count(ref), count(cur)];
}

/** Shares of shuffles whose total variation is above the observed one, and at least as large. */
function permuted(reference: readonly number[], current: readonly number[]): { above: number; atLeast: number } {
  const pool = Uint8Array.from(reference.flatMap((count, index) => new Array<number>(count + (current[index] ?? 0)).fill(index)));
  const observed = totalVariation(reference, current);
  const rows = reference.reduce((sum, count) => sum + count, 0);
  const random = seededRandom(5);
  const found = { above: 0, atLeast: 0 };
  for (let shuffle = 0; shuffle < 2000; shuffle += 1) {
    const counts = [reference.map(() => 0), reference.map(() => 0)] as const;
    for (const [place, row] of shuffledIndices(pool.length, random).entries()) {
      const side = counts[place < rows ? 0 : 1];
      const value = pool[row] ?? 0;
      side[value] = (side[value] ?? 0) + 1;
    }
    const shuffled = totalVariation(counts[0], counts[1]);
    if (shuffled > observed + 1e-12) found.above += 1 / 2000;
    if (shuffled >= observed - 1e-12) found.atLeast += 1 / 2000;
  }
  return found;
}

describe.skipIf(!oraclesPresent())('figures that the tests of Evidently assert', () => {
  const cases = oraclesPresent() ? readOracle<{ cases: Case[] }>('unit/evidently_stattests.json').cases : [];
  const named = (name: string) => cases.filter(({ test: each }) => each.startsWith(name));
  const only = (name: string): Case => named(name)[0] ?? { test: 'absent' };
  const numbers = (values: readonly unknown[] | undefined) => (values ?? []).filter((value) => value !== null).map(Number);

  test('chi-square as goodness of fit, also with the reference doubled', () => {
    const used = named('chisquare').filter(({ ref_counts }) => ref_counts !== undefined);

    for (const { ref_counts = [], cur_counts = [], expected_p = 0 } of used) {
      expect(Math.abs(evidentlyChiSquare(ref_counts, cur_counts).pValue - expected_p)).toBeLessThanOrEqual(1e-5);
    }

    expect(used).toHaveLength(2);
  });

  test('a third missing on both sides: no drift, whether missing is a class or not', () => {
    const { ref = [], cur = [], expected_p, expected_hellinger } = only('chisquare p and hellinger');
    const [p, q] = classes(ref, cur);

    expect(p.reduce((sum, count) => sum + count, 0)).toBe(30);
    expect(evidentlyChiSquare(p, q).pValue).toBe(expected_p);
    expect(hellingerDistance(p, q)).toBe(expected_hellinger);
  });

  test('a G test on raw counts of the reference', () => {
    const { ref_counts = [], cur_counts = [], expected_p = 0 } = only('G test');

    expect(Math.abs(evidentlyGTest(ref_counts, cur_counts) - expected_p)).toBeLessThan(0.001);
  });

  test('identical samples', () => {
    const zTest = only('z-test');
    const [p, q] = classes(zTest.ref ?? [], zTest.cur ?? []);
    const values = numbers(only('hellinger numeric').ref);

    const proportions = twoProportions({ successes: p[0] ?? 0, trials: 20 }, { successes: q[0] ?? 0, trials: 20 });

    expect(proportions.pValue).toBe(zTest.expected_p);
    expect(hellingerDistance(...classes(values, values))).toBe(only('hellinger numeric').expected);
    expect(values).toHaveLength(8);
  });

  test('Anderson-Darling, t test, Mann-Whitney, energy distance', () => {
    const [anderson, t, mwu, energy] = [only('anderson'), only('t-test'), only('mann'), only('energy')];
    const values = mwu.ref_values ?? [];
    const sample = numbers(energy.ref);

    const found = {
      anderson: andersonDarling(numbers(anderson.ref), numbers(anderson.cur)).pValue,
      // Theirs assumes equal spreads: at equal sizes the same statistic, with 14 degrees of freedom.
      t: 2 * studentTUpperTail(Math.abs(welchTest(numbers(t.ref), numbers(t.cur))?.statistic ?? 0), 14),
      // Theirs is of one side. Ours is of both and agrees with SciPy.
      mwu: 0.5 * mannWhitney(repeated(values, mwu.ref_counts ?? []), repeated(values, mwu.cur_counts ?? [])).pValue,
    };

    expect(Math.abs(found.anderson - (anderson.expected_p ?? 0))).toBeLessThan(0.001);
    expect(Math.abs(found.t - (t.expected_p ?? 0))).toBeLessThan(0.001);
    expect(Math.abs(found.mwu - (mwu.expected_p ?? 0))).toBeLessThan(0.01);
    expect(energyDistance(sample, sample)).toBeCloseTo(energy.expected_identical ?? Number.NaN, 7);
    expect(
      Math.abs(
        energyDistance(
          sample,
          sample.map((value) => value + 5),
        ) - (energy.expected_shift_plus5 ?? Number.NaN),
      ),
    ).toBeLessThan(0.1);
  });

  test('Epps-Singleton, which we do not offer, sees as little in its sample as the tests that we have', () => {
    const { ref_values = [], ref_counts = [], cur_counts = [], expected_p = 0 } = only('epps');

    const [a, b] = [repeated(ref_values, ref_counts), repeated(ref_values, cur_counts)];

    expect(expected_p).toBeGreaterThan(0.05);
    for (const { pValue } of [kolmogorovSmirnov(a, b), cramerVonMises(a, b), chiSquareTest(ref_counts, cur_counts)])
      expect(pValue).toBeGreaterThan(0.05);
  });

  test('the same rank tests against SciPy 1.13.1 on integers with ties', () => {
    const a = [
      9, 1, 2, 2, 2, 9, 10, 6, 0, 1, 3, 5, 7, 5, 3, 1, 8, 8, 0, 1, 5, 4, 10, 6, 5, 5, 7, 7, 2, 8, 9, 11, 9, 3, 3, 7, 7, 8, 10, 3, 11, 0, 0,
      11, 11, 3, 1, 3, 0, 10, 7, 7, 2, 5, 2, 9, 5, 0, 3, 8,
    ];
    const b = [
      7, 5, 4, 2, 8, 8, 7, 12, 12, 3, 8, 8, 3, 4, 6, 9, 4, 9, 8, 3, 5, 10, 11, 8, 1, 9, 3, 10, 11, 6, 12, 10, 4, 11, 5, 2, 8, 11, 8, 5,
    ];

    expectClose(andersonDarling(a, b).statistic, 4.525649736495207, 1e-9);
    expectClose(andersonDarling(a, b).pValue, 0.0051542885079784535, 1e-7);
    // SciPy's formula of ranks says 0.64833 and 0.01692; Σ (F − G)² by NumPy, and its share of 200,000 shuffles, say
    expectClose(cramerVonMises(a, b).statistic, 0.63965, 1e-9);
    expectClose(cramerVonMises(a, b).pValue, 0.0181149, 0.02);
    expectClose(mannWhitney(a, b).statistic, 836, 1e-12);
    expectClose(mannWhitney(a, b).pValue, 0.010216810100125253, 1e-9);
  });

  test('total variation: its value; its p values by shuffling leave ties to rounding, so they lie between the strict and the sound one', () => {
    const value = only('TVD value');
    const { ref_counts = [], cases: shuffled = [] } = only('TVD permutation');

    expectClose(totalVariation(value.ref_counts ?? [], value.cur_counts ?? []), value.expected ?? 0, 1e-12);
    for (const { cur_counts, expected_p } of shuffled) {
      const { above, atLeast } = permuted(ref_counts, cur_counts);
      expect(expected_p).toBeGreaterThan(above - 0.04);
      expect(expected_p).toBeLessThan(atLeast + 0.04);
    }
    expect(shuffled).toHaveLength(5);
  });

  test('index, distance in nats, divergence', () => {
    const given = only('PSI') as Case & { psi: number; js_distance_base_e: number; kl: number };
    const [p, q] = [given.ref_counts ?? [], given.cur_counts ?? []];

    expectClose(populationStabilityIndex(p, q).raw, given.psi, 1e-12);
    expectClose(jensenShannonDistance(p, q) * Math.sqrt(Math.LN2), given.js_distance_base_e, 1e-9);
    expectClose(kullbackLeibler(p, q), given.kl, 1e-12);
  });
});
