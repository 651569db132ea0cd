import { beforeAll, describe, expect, test } from 'vitest';
import { type SummaryStatistics, summaryStatistics } from '../../pipelines/core/statistics/distances/summary-statistics.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';
import { expectClose } from './expect-close.ts';
import { kernelMedianError } from './peers/median-error.ts';
import { nannymlThreshold } from './peers/nannyml-rules.ts';
import { readColumns, readCsv } from './read-loans.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

const CHUNK = 5000;
const REFERENCE = 50_000;
const NUMBERS = ['car_value', 'debt_to_income_ratio', 'driver_tenure'];
// The docs print six significant digits.
const PRINTED = 1e-5;
const TABLES = { avg: 'mean', std: 'standardDeviation', sum: 'sum', median: 'median' } as const;
const FILES = ['data/reference_synthetic_car_loan.parquet', 'data/monitoring_synthetic_car_loan.parquet'];

describe.skipIf(!oraclesPresent())('summary statistics that the docs of NannyML print', () => {
  let columns: ReadonlyMap<string, readonly unknown[]> = new Map();
  const MONTH = 'left(cast(timestamp as varchar), 7)';

  beforeAll(async () => {
    columns = await readColumns(FILES, [MONTH, ...NUMBERS]);
  });

  /** Errors as they take them: spread of the whole reference, rows of the chunk. */
  function theirErrors(reference: Float64Array): Readonly<Record<keyof typeof TABLES, number>> {
    const all = summaryStatistics(reference);
    const scale = Math.sqrt(reference.length / CHUNK);
    const [s, mean] = [all.standardDeviation.value, all.mean.value];
    const fourth = reference.reduce((sum, value) => sum + (value - mean) ** 4, 0) / reference.length;
    return {
      avg: (all.mean.standardError ?? 0) * scale,
      sum: s * Math.sqrt(CHUNK),
      std: Math.sqrt((fourth - (s ** 4 * (CHUNK - 3)) / (CHUNK - 1)) / CHUNK) / (2 * s),
      median: kernelMedianError(reference, all.median.value, CHUNK),
    };
  }

  test.each(NUMBERS)('%s: mean, deviation, sum, median, with errors and thresholds', (name) => {
    const values = Float64Array.from(columns.get(name) ?? [], Number);
    const chunks = Array.from({ length: values.length / CHUNK }, (_, index) => values.subarray(index * CHUNK, (index + 1) * CHUNK));
    const found: SummaryStatistics[] = chunks.map((chunk) => summaryStatistics(chunk));
    const errors = theirErrors(values.subarray(0, REFERENCE));

    for (const [table, figure] of Object.entries(TABLES) as [keyof typeof TABLES, (typeof TABLES)[keyof typeof TABLES]][]) {
      const printed = readCsv(`expected/published/carloan_stats_${table}__cell5.csv`);
      const limits = nannymlThreshold(found.slice(0, REFERENCE / CHUNK).map((each) => each[figure].value));
      expect(printed.length).toBeGreaterThanOrEqual(10);
      for (const [index, row] of printed.entries()) {
        const ours = found[index]?.[figure];
        expectClose(ours?.value, Number(row[`${name}.value`]), PRINTED);
        expectClose(errors[table], Number(row[`${name}.sampling_error`]), PRINTED);
        expectClose(limits.upper, Number(row[`${name}.upper_threshold`]), PRINTED);
        expectClose(limits.lower, Number(row[`${name}.lower_threshold`]), PRINTED);
        // Ours is of the chunk itself. With the same spread they agree; theirs stays what it was when the chunk has drifted.
        if (index < 10 && table !== 'median') expect(Math.abs((ours?.standardError ?? 0) / errors[table] - 1)).toBeLessThan(0.06);
      }
    }
  });

  test('rows by month', () => {
    const printed = readCsv('expected/published/carloan_stats_count__cell5.csv');
    // The chunks of the reference and of the rows after it are cut apart, so October is printed twice.
    const months = (columns.get(MONTH) ?? []).map((month, row) => `${row < REFERENCE ? 'reference' : 'analysis'} ${month}`);

    const found = printed.map((row) => months.filter((month) => month === `${row['chunk.period']} ${row['chunk.key']}`).length);

    expect(found).toEqual(printed.map((row) => Number(row['rows_count.value'])));
    expect(printed.length).toBeGreaterThan(9);
  });

  test.each(['car_value', 'driver_tenure'])('%s: our errors of median and deviation against a bootstrap', (name) => {
    const values = Float64Array.from(columns.get(name) ?? [], Number).subarray(0, CHUNK);
    const random = seededRandom(11);
    const draws = Array.from({ length: 400 }, () => summaryStatistics(Float64Array.from(values, () => values[random.below(CHUNK)] ?? 0)));
    const spread = (of: (each: SummaryStatistics) => number) => summaryStatistics(draws.map(of)).standardDeviation.value;

    const ours = summaryStatistics(values);

    // 400 draws know a standard error to 3.5 %; the limits are four of them.
    expect(Math.abs((ours.standardDeviation.standardError ?? 0) / spread((each) => each.standardDeviation.value) - 1)).toBeLessThan(0.14);
    expect(Math.abs((ours.median.standardError ?? 0) / spread((each) => each.median.value) - 1)).toBeLessThan(0.2);
  });

  test('the threshold that their docstring states', () => {
    type Oracle = { std_threshold_docstring: { multiplier: number; lower: number; upper: number } };
    const { std_threshold_docstring: expected } = readOracle<Oracle>('unit/nannyml_univariate_unit.json');

    const found = nannymlThreshold([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], expected.multiplier);

    expectClose(found.lower, expected.lower, 1e-12);
    expectClose(found.upper, expected.upper, 1e-12);
  });
});
