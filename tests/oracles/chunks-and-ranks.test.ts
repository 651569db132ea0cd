import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { chiSquareUpperTail } from '../../pipelines/core/statistics/distributions/chi-square-upper-tail.ts';
import { expectClose } from './expect-close.ts';
import { type ExpectedRow, expectedTable, plainTime, stemsOf } from './expected-tables.ts';
import { nannymlThreshold } from './peers/nannyml-rules.ts';
import { oraclePath, oraclesPresent } from './read-oracle.ts';

/** Figures are printed to six significant digits. */
const PRINTED_TO = 1.1e-5;
const ROWS: Readonly<Record<string, number>> = { car_loan: 50_000, car_price: 60_000 };
const numberIn = (row: ExpectedRow, column: string) => Number(row[column] ?? Number.NaN);

/** Times of some rows of a data set's reference or monitoring part, by row. */
async function timesAt(data: string, period: string, rows: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const file = oraclePath(`data/${period === 'reference' ? period : 'monitoring'}_synthetic_${data}.parquet`);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const numbered = `select timestamp, row_number() over () - 1 as row from read_parquet('${file}')`;
  const found = await connection.runAndReadAll(`select * from (${numbered}) where row in (${rows.join(', ')})`);
  connection.closeSync();
  return new Map(found.getRowObjects().map(({ row, timestamp }) => [Number(row), plainTime(String(timestamp))]));
}

/** The place of a chunk, as its table states it. */
async function expectPlaced(rows: readonly ExpectedRow[], data: string): Promise<void> {
  for (const period of new Set(rows.map((row) => row['chunk_period'] ?? ''))) {
    const own = rows.filter((row) => (row['chunk_period'] ?? '') === period);
    const ends = own.flatMap((row) => [numberIn(row, 'chunk_start_index'), numberIn(row, 'chunk_end_index')]);
    const times = await timesAt(data, period === 'analysis' ? 'monitoring' : 'reference', ends);
    const stated = own.flatMap((row) => [row['chunk_start_date'], row['chunk_end_date']]);

    expect(stated).toEqual(ends.map((end) => times.get(end)));
    expect(own.map((row) => row['chunk_key'])).toEqual(
      own.map((row) => `[${numberIn(row, 'chunk_start_index')}:${numberIn(row, 'chunk_end_index')}]`),
    );
  }
}

describe.skipIf(!oraclesPresent())('where chunks begin and end', () => {
  test.each([
    ['carloan_univariate', 'car_loan', 5000],
    ['carprice_realized', 'car_price', 6000],
  ])('%s: chunks of equal size', async (name, data, size) => {
    const rows = expectedTable(`computed/${name}`);

    await expectPlaced(rows, data);
    for (const row of rows) {
      expect(numberIn(row, 'chunk_end_index') - numberIn(row, 'chunk_start_index') + 1).toBe(size);
      expect(numberIn(row, 'chunk_index')).toBe(numberIn(row, 'chunk_start_index') / size);
    }
    expect(rows).toHaveLength((2 * (ROWS[data] ?? 0)) / size);
  });

  test('all computed tables of one data set are cut alike', () => {
    const places = (name: string) =>
      expectedTable(`computed/${name}`).map((row) =>
        Object.fromEntries(Object.entries(row).filter(([column]) => /^chunk_(?!targets)/.test(column))),
      );
    const tables = {
      carloan_univariate: [
        'cbpe_std',
        'cbpe_confusion_all',
        'cbpe_bv_none',
        'cbpe_bv_per_prediction',
        'pca',
        'domain_classifier_lightgbm',
      ].map((each) => `carloan_${each}`),
      carloan_realized: ['confusion_all', 'bv_none', 'bv_per_prediction'].map((each) => `carloan_realized_${each}`),
      carprice_realized: ['carprice_dle_lightgbm'],
    };

    for (const [first, others] of Object.entries(tables)) for (const other of others) expect(places(other)).toEqual(places(first));
    expect(places('carloan_realized')).toEqual(places('carloan_univariate'));
  });

  test.each([
    ['carloan_chunking__cell5', 'reference', ['[0:3499]', '[3500:6999]', '[7000:10499]']],
    // The rows that are left make a chunk of their own, of 1,000 and of 5 rows: too few for any figure beside the others.
    ['carloan_chunking__cell7', 'analysis', ['[45500:48999]', '[49000:49999]']],
    ['carloan_chunking__cell11', 'reference', ['[44440:49994]', '[49995:49999]']],
  ])('%s: by size or by number, and what is left over', async (name, period, keys) => {
    const rows = expectedTable(`published/${name}`).map((row) => ({ ...row, chunk_period: period }));

    expect(rows.map((row) => (row as ExpectedRow)['chunk_key'])).toEqual(keys);
    await expectPlaced(rows, 'car_loan');
    const size = name.endsWith('11') ? Math.floor(50_000 / 9) : 3500;
    for (const row of rows) expect(numberIn(row, 'chunk_index')).toBe(numberIn(row, 'chunk_start_index') / size);
  });

  test('by quarter: rows from its first instant to its last', async () => {
    const rows = expectedTable('published/carloan_chunking__cell3');
    const ends = rows.map((row) => numberIn(row, 'chunk_end_index'));
    const times = await timesAt('car_loan', 'reference', [...ends, ...ends.map((end) => end + 1)]);

    expect(rows.map((row) => row['chunk_key'])).toEqual(['2018Q1', '2018Q2', '2018Q3']);
    for (const [index, row] of rows.entries()) {
      const [start = '', end = ''] = [row['chunk_start_date'], row['chunk_end_date']];
      expect([numberIn(row, 'chunk_index'), numberIn(row, 'chunk_start_index')]).toEqual([
        index,
        index === 0 ? 0 : (ends[index - 1] ?? 0) + 1,
      ]);
      expect((times.get(ends[index] ?? 0) ?? '') <= end && (times.get((ends[index] ?? 0) + 1) ?? '') > end).toBe(true);
      expect([start.slice(4), Number(start.slice(5, 7))]).toEqual([`-0${3 * index + 1}-01 00:00:00`, 3 * index + 1]);
    }
  });

  test('by month: rows of a month, counted on each side of the cut between reference and analysis', () => {
    const rows = expectedTable('published/carloan_stats_count__cell5');
    const usual = nannymlThreshold(
      rows.filter((row) => row['chunk_period'] === 'reference').map((row) => numberIn(row, 'rows_count_value')),
    );

    for (const row of rows) {
      const value = numberIn(row, 'rows_count_value');
      expect(numberIn(row, 'chunk_end_index') - numberIn(row, 'chunk_start_index') + 1).toBe(value);
      expect([row['chunk_start_date'], row['chunk_end_date']].map((time) => time?.slice(0, 7))).toEqual([
        row['chunk_key'],
        row['chunk_key'],
      ]);
      expect(row['rows_count_alert']).toBe(
        value > numberIn(row, 'rows_count_upper_threshold') || value < numberIn(row, 'rows_count_lower_threshold') ? 'True' : 'False',
      );
    }
    expect(rows.map((row) => numberIn(row, 'chunk_index'))).toEqual([...Array(10).keys(), ...Array(11).keys()]);
    // Theirs counts the October that is cut off as a month like any other.
    expectClose(numberIn(rows[0] ?? {}, 'rows_count_upper_threshold'), usual.upper, PRINTED_TO);
    expectClose(numberIn(rows[0] ?? {}, 'rows_count_lower_threshold'), usual.lower, PRINTED_TO);
  });
});

describe.skipIf(!oraclesPresent())('what follows from printed figures', () => {
  test.each(['avg', 'std', 'sum', 'median'])('summary statistics (%s): boundaries and alerts', (table) => {
    const rows = expectedTable(`published/carloan_stats_${table}__cell5`);
    const stems = stemsOf(rows);

    for (const row of rows) {
      for (const stem of stems) {
        const figure = (part: string) => numberIn(row, `${stem}_${part}`);
        expectClose(figure('upper_confidence_boundary'), figure('value') + 3 * figure('sampling_error'), PRINTED_TO);
        expectClose(figure('lower_confidence_boundary'), figure('value') - 3 * figure('sampling_error'), PRINTED_TO);
        const isBeyond = figure('value') > figure('upper_threshold') || figure('value') < figure('lower_threshold');
        expect([stem, row['chunk_key'], row[`${stem}_alert`]]).toEqual([stem, row['chunk_key'], isBeyond ? 'True' : 'False']);
      }
      const start = numberIn(row, 'chunk_start_index');
      expect([row['chunk_key'], numberIn(row, 'chunk_index')]).toEqual([`[${start}:${numberIn(row, 'chunk_end_index')}]`, start / 5000]);
    }
    expect([rows.length, stems.length]).toEqual([20, 3]);
  });

  test('a threshold that the owner sets is only that', () => {
    const estimated = new Map(expectedTable('computed/carloan_cbpe_std').map((row) => [`${row['chunk_key']}/${row['chunk_period']}`, row]));
    for (const row of expectedTable('published/carloan_thresholds__cell13')) {
      expectClose(
        numberIn(row, 'f1_value'),
        numberIn(estimated.get(`${row['chunk_key']}/${row['chunk_period']}`) ?? {}, 'f1_value'),
        PRINTED_TO,
      );
      expect([row['f1_upper_threshold'], row['f1_lower_threshold']]).toEqual(['0.93', undefined]);
      expect(row['f1_alert']).toBe(numberIn(row, 'f1_value') > 0.93 ? 'True' : 'False');
    }
  });

  test('the counts by which NannyML ranks, and whether a column has drifted', () => {
    const drift = expectedTable('computed/carloan_univariate');
    const alertsOf = (column: string, rows: readonly ExpectedRow[]) =>
      rows.filter((row) => row[`${column}_jensen_shannon_alert`] === 'True').length;
    const analysis = drift.filter((row) => row['chunk_period'] === 'analysis');

    for (const name of ['computed/carloan_rank_alertcount_js', 'published/carloan_ranking__cell4']) {
      const rows = expectedTable(name);
      expect(rows.map((row) => numberIn(row, 'number_of_alerts'))).toEqual(rows.map((row) => alertsOf(row['column_name'] ?? '', drift)));
      expect(rows.map((row) => numberIn(row, 'rank'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(rows.map((row) => row['column_name'])).toEqual(
        expectedTable('computed/carloan_rank_alertcount_js').map((row) => row['column_name']),
      );
    }
    for (const [name, looked] of [
      ['published/carloan_ranking__cell10', drift],
      ['published/carloan_ranking__cell12', analysis],
    ] as const) {
      const rows = expectedTable(name);
      expect(rows.map((row) => row['has_drifted'])).toEqual(
        rows.map((row) => (alertsOf(row['column_name'] ?? '', looked) > 0 ? 'True' : 'False')),
      );
      expect(rows.map((row) => numberIn(row, 'rank'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  test('the 30 weeks of their drift tests: places, thresholds and alerts', () => {
    const rows = expectedTable('../unit/nannyml_sample_drift_data__univariate_weekly_computed');
    const reference = rows.filter((row) => row['chunk_period'] === 'reference');
    const wrong: string[] = [];

    for (const stem of stemsOf(rows)) {
      const usual = nannymlThreshold(reference.map((row) => numberIn(row, `${stem}_value`)));
      for (const row of rows) {
        const value = numberIn(row, `${stem}_value`);
        // f3 and f4 have two and four classes; the test of them alarms below 5 %.
        const alarms = stem.endsWith('_chi2') ? chiSquareUpperTail(value, stem.startsWith('f3') ? 1 : 3) < 0.05 : value > usual.upper;
        if (alarms !== (row[`${stem}_alert`] === 'True')) wrong.push(`${stem} of ${row['chunk_key']}`);
        if (!stem.endsWith('_chi2') && Math.abs(numberIn(row, `${stem}_upper_threshold`) / usual.upper - 1) > 1e-9)
          wrong.push(`limit of ${stem}`);
      }
    }

    expect(wrong).toEqual([]);
    expect([rows.length, reference.length]).toEqual([30, 10]);
    // A week of 1,008 rows each; the weeks after the reference are counted anew.
    expect(rows.map((row) => numberIn(row, 'chunk_index'))).toEqual([...Array(10).keys(), ...Array(20).keys()]);
    for (const row of rows) {
      expect(numberIn(row, 'chunk_end_index') - numberIn(row, 'chunk_start_index') + 1).toBe(1008);
      expect(row['chunk_key']).toBe(`${row['chunk_start_date']?.slice(0, 10)}/${row['chunk_end_date']?.slice(0, 10)}`);
    }
  });
});
