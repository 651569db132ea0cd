import { beforeAll, describe, expect, test } from 'vitest';
import { hellingerDistance } from '../../pipelines/core/statistics/distances/hellinger.ts';
import { jensenShannonDistance } from '../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { lInfinity } from '../../pipelines/core/statistics/distances/l-infinity.ts';
import { wasserstein } from '../../pipelines/core/statistics/distances/wasserstein.ts';
import { kolmogorovSmirnov } from '../../pipelines/core/statistics/hypotheses/kolmogorov-smirnov.ts';
import { expectClose } from './expect-close.ts';
import { nannymlNumbers, nannymlThreshold } from './peers/nannyml-rules.ts';
import { yatesChiSquare } from './peers/yates-chi-square.ts';
import { readColumns, readCsv } from './read-loans.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

const CHUNK = 5000;
const REFERENCE = 50_000;
const NUMBERS = ['car_value', 'debt_to_income_ratio', 'driver_tenure', 'loan_length', 'y_pred_proba'];
const CATEGORIES = ['repaid', 'repaid_loan_on_prev_car', 'salary_range', 'size_of_downpayment', 'y_pred'];
const DISTANCES = ['jensen_shannon', 'hellinger', 'kolmogorov_smirnov', 'wasserstein'] as const;
const FILES = ['data/reference_synthetic_car_loan.parquet', 'data/monitoring_synthetic_car_loan.parquet'];

/** Counts of both samples over the union of their values. */
function paired(before: readonly unknown[], after: readonly unknown[]): [number[], number[]] {
  const count = (values: readonly unknown[]) =>
    values.reduce<Map<string, number>>((seen, value) => seen.set(String(value), (seen.get(String(value)) ?? 0) + 1), new Map());
  const [a, b] = [count(before), count(after)];
  const values = [...new Set([...a.keys(), ...b.keys()])];
  return [values.map((value) => a.get(value) ?? 0), values.map((value) => b.get(value) ?? 0)];
}

/** Distances are ours; chi-square is theirs, which for two classes is not ours (see `peers-that-err.test.ts`). */
function categoryFigures(before: readonly unknown[], after: readonly unknown[]) {
  const [p, q] = paired(before, after);
  const { statistic, pValue } = yatesChiSquare(p, q);
  return {
    jensen_shannon: jensenShannonDistance(p, q),
    hellinger: hellingerDistance(p, q),
    l_infinity: lInfinity(p, q).value,
    chi2: statistic,
    pValue,
  };
}

function slices<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}

describe.skipIf(!oraclesPresent())('every univariate figure of NannyML on its car loans: 20 chunks of 5,000', () => {
  const expected = oraclesPresent() ? readCsv('expected/computed/carloan_univariate.csv') : [];
  let columns: ReadonlyMap<string, readonly unknown[]> = new Map();
  const numbers = (name: string) => (columns.get(name) ?? []).map(Number);

  beforeAll(async () => {
    columns = await readColumns(FILES, [...NUMBERS, ...CATEGORIES]);
  });

  test.each(NUMBERS)('%s: four distances, thresholds and alerts', (name) => {
    const values = numbers(name);
    const measure = nannymlNumbers(values.slice(0, REFERENCE));

    const found = slices(values, CHUNK).map(measure);

    for (const distance of DISTANCES) {
      const limit = nannymlThreshold(found.slice(0, REFERENCE / CHUNK).map((figures) => figures[distance])).upper;
      for (const [index, row] of expected.entries()) {
        const value = found[index]?.[distance] ?? Number.NaN;
        expectClose(value, Number(row[`${name}_${distance}_value`]));
        expectClose(limit, Number(row[`${name}_${distance}_upper_threshold`]));
        expect(value > limit ? 'True' : 'False').toBe(row[`${name}_${distance}_alert`]);
      }
    }
  });

  test.each(CATEGORIES)('%s: three distances with thresholds, chi-square and its alerts', (name) => {
    const values = columns.get(name) ?? [];
    const reference = values.slice(0, REFERENCE);

    const found = slices(values, CHUNK).map((chunk) => categoryFigures(reference, chunk));

    for (const distance of ['jensen_shannon', 'hellinger', 'l_infinity'] as const) {
      const limit = nannymlThreshold(found.slice(0, REFERENCE / CHUNK).map((figures) => figures[distance])).upper;
      for (const [index, row] of expected.entries()) {
        expectClose(found[index]?.[distance], Number(row[`${name}_${distance}_value`]));
        expectClose(limit, Number(row[`${name}_${distance}_upper_threshold`]));
      }
    }
    for (const [index, row] of expected.entries()) {
      expectClose(found[index]?.chi2, Number(row[`${name}_chi2_value`]));
      expect((found[index]?.pValue ?? 1) < 0.05 ? 'True' : 'False').toBe(row[`${name}_chi2_alert`]);
    }
  });

  test('what the docs print is what was computed', () => {
    for (const [file, first] of [
      ['expected/published/carloan_univariate__cell9.csv', 0],
      ['expected/published/carloan_univariate__cell5.csv', 10],
    ] as const) {
      const printed = readCsv(file);
      expect(printed).toHaveLength(10);
      for (const [index, row] of printed.entries()) {
        for (const distance of ['kolmogorov_smirnov', 'jensen_shannon'] as const) {
          const full = expected[first + index]?.[`debt_to_income_ratio_${distance}_value`];
          expectClose(Number(row[`debt_to_income_ratio.${distance}.value`]), Number(full), 1e-5);
        }
      }
    }
  });

  test('bins lose what the exact figures keep: Kolmogorov-Smirnov is never below theirs', () => {
    for (const name of ['debt_to_income_ratio', 'driver_tenure']) {
      const values = numbers(name);
      const reference = values.slice(0, REFERENCE);
      for (const index of [0, 9, 10, 19]) {
        const exact = kolmogorovSmirnov(reference, values.slice(index * CHUNK, (index + 1) * CHUNK), 'asymptotic').statistic;
        const theirs = Number(expected[index]?.[`${name}_kolmogorov_smirnov_value`]);
        expect(exact).toBeGreaterThanOrEqual(theirs - 1e-12);
        expect(exact - theirs).toBeLessThan(2e-3);
      }
    }
  });
});

describe.skipIf(!oraclesPresent())('the seeded table of their drift tests: 30 weeks', () => {
  const FILE = 'unit/nannyml_sample_drift_data.parquet';
  const MONTH = 'left(cast(timestamp as varchar), 7)';
  const expected = oraclesPresent() ? readCsv('unit/nannyml_sample_drift_data__univariate_weekly_computed.csv') : [];
  let columns: ReadonlyMap<string, readonly unknown[]> = new Map();
  const referenceOf = (name: string) => (columns.get(name) ?? []).filter((_, row) => columns.get('period')?.[row] === 'reference');

  beforeAll(async () => {
    columns = await readColumns([FILE], ['period', MONTH, 'f1', 'f2', 'f3', 'f4']);
  });

  const chunksOf = (name: string) =>
    expected.map((row) => (columns.get(name) ?? []).slice(Number(row['chunk_start_index']), Number(row['chunk_end_index']) + 1));

  test.each(['f1', 'f2'])('%s: four distances', (name) => {
    const measure = nannymlNumbers(referenceOf(name).map(Number));

    const found = chunksOf(name).map((chunk) => measure(chunk.map(Number)));

    expect(found).toHaveLength(30);
    for (const [index, figures] of found.entries()) {
      for (const distance of DISTANCES) expectClose(figures[distance], Number(expected[index]?.[`${name}_${distance}_value`]));
    }
  });

  test.each(['f3', 'f4'])('%s: three distances and chi-square', (name) => {
    for (const [index, chunk] of chunksOf(name).entries()) {
      const figures = categoryFigures(referenceOf(name), chunk);
      for (const distance of ['jensen_shannon', 'hellinger', 'l_infinity', 'chi2'] as const) {
        expectClose(figures[distance], Number(expected[index]?.[`${name}_${distance}_value`]));
      }
    }
  });

  test('Kolmogorov-Smirnov of f1 by size, number and month of chunks, as their tests assert', () => {
    const KEY = 'tests.drift.test_drift::test_univariate_statistical_drift_calculator_works_with_chunker';
    type Case = { calculator_opts: { chunk_size?: number; chunk_number?: number; chunk_period?: string }; expected: number[] };
    const { cases } = readOracle<Record<string, { cases: Case[] }>>('unit/nannyml_tests_expected.json')[KEY] ?? { cases: [] };
    const values = (columns.get('f1') ?? []).map(Number);
    const measure = nannymlNumbers(referenceOf('f1').map(Number));
    const months = [...new Set(columns.get(MONTH))];

    for (const { calculator_opts: options, expected: figures } of cases) {
      const size = options.chunk_size ?? Math.floor(values.length / (options.chunk_number ?? 10));
      const byMonth = months.map((month) => values.filter((_, row) => columns.get(MONTH)?.[row] === month));
      const chunks = options.chunk_period === 'M' ? byMonth : slices(values, size);
      const found = chunks.slice(0, figures.length).map((chunk) => measure(chunk).kolmogorov_smirnov);
      for (const [index, value] of found.entries()) {
        expect(Math.abs(value - (figures[index] ?? Number.NaN)), JSON.stringify(options)).toBeLessThan(1e-6);
      }
    }

    expect(cases).toHaveLength(7);
  });
});

test('one value below the reference adds a whole row of the range to their Wasserstein distance; ours is exact', () => {
  const reference = Array.from({ length: 20_000 }, (_, index) => index / 20_000);
  const chunk = [-0.01, ...reference.filter((_, index) => index % 20 === 10).slice(1)];

  const theirs = nannymlNumbers(reference)(chunk).wasserstein;

  const points = (values: readonly number[]) => values.map((value) => ({ value, weight: 1 }));
  const ours = wasserstein(points(reference), points(chunk));
  // By hand: sorted in pairs, each row of the chunk stands for 20 rows of the reference.
  const byHand =
    reference.reduce((sum, value, index) => sum + Math.abs(value - (chunk[Math.floor(index / 20)] ?? 0)), 0) / reference.length;
  expectClose(ours, byHand, 1e-9);
  expect(theirs).toBeGreaterThan(ours * 1.5);
});
