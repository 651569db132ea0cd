import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { realisedClassification } from '../../pipelines/core/statistics/metrics/realised-classification.ts';
import { realisedRegression } from '../../pipelines/core/statistics/metrics/realised-regression.ts';
import { expectClose } from './expect-close.ts';
import { type ExpectedRow, expectedTable, stemsOf } from './expected-tables.ts';
import { nannymlThreshold } from './peers/nannyml-rules.ts';
import { oraclePath, oraclesPresent } from './read-oracle.ts';
import { chunksOf, LOANS, numbersOf, PRICES } from './realised-oracle-rows.ts';

/** Which table holds, to all digits, what a table of the documentation prints. */
const PRINTED: Readonly<Record<string, string>> = {
  carloan_cbpe_business_value__cell6: 'carloan_cbpe_bv_per_prediction',
  carloan_cbpe_confusion__cell6: 'carloan_cbpe_confusion_all',
  carloan_cbpe_standard__cell6: 'carloan_cbpe_std',
  carloan_domain_classifier__cell5: 'carloan_domain_classifier_lightgbm',
  carloan_domain_classifier__cell7: 'carloan_domain_classifier_lightgbm',
  carloan_pca__cell5: 'carloan_pca',
  carloan_pca__cell7: 'carloan_pca',
  carloan_ranking__cell2: 'carloan_univariate',
  carloan_ranking__cell6: 'carloan_cbpe_std',
  carloan_ranking__cell8: 'carloan_realized',
  carloan_realized_business_value__cell6: 'carloan_realized_bv_per_prediction',
  carloan_realized_business_value__cell8: 'carloan_realized_bv_per_prediction',
  carloan_realized_confusion__cell6: 'carloan_realized_confusion_all',
  carloan_realized_confusion__cell8: 'carloan_realized_confusion_all',
  carloan_realized_standard__cell6: 'carloan_realized',
  carloan_realized_standard__cell8: 'carloan_realized',
  carloan_thresholds__cell8: 'carloan_cbpe_std',
  carloan_univariate__cell5: 'carloan_univariate',
  carloan_univariate__cell7: 'carloan_univariate',
  carloan_univariate__cell9: 'carloan_univariate',
  carprice_dle__cell5: 'carprice_dle_lightgbm',
  carprice_dle__cell7: 'carprice_dle_lightgbm',
  carprice_realized__cell5: 'carprice_realized',
  carprice_realized__cell7: 'carprice_realized',
};

/** Tables of estimates, and the table of what was realised: its figures are the `realized` of the estimates, and its thresholds theirs. */
const ESTIMATED: Readonly<Record<string, string>> = {
  carloan_cbpe_std: 'carloan_realized',
  carloan_cbpe_confusion_all: 'carloan_realized_confusion_all',
  carloan_cbpe_bv_none: 'carloan_realized_bv_none',
  carloan_cbpe_bv_per_prediction: 'carloan_realized_bv_per_prediction',
  carprice_dle_lightgbm: 'carprice_realized',
};

/** Tables of other shapes, and where their figures are asserted. */
const ELSEWHERE = [
  'carloan_rank_alertcount_js',
  'carloan_ranking__cell4',
  'carloan_ranking__cell10',
  'carloan_ranking__cell12',
  'carloan_thresholds__cell13',
  'carloan_chunking__cell3',
  'carloan_chunking__cell5',
  'carloan_chunking__cell7',
  'carloan_chunking__cell11',
  'carloan_stats_avg__cell5',
  'carloan_stats_count__cell5',
  'carloan_stats_median__cell5',
  'carloan_stats_std__cell5',
  'carloan_stats_sum__cell5',
];

/** A complaint about a figure, where it differs: thousands of cells are compared, and an assertion for each would take seconds. */
function differing(actual: number, wanted: number, { relative, what }: { relative: number; what: string }): string[] {
  const allowed = relative * (wanted === 0 ? 1 : Math.abs(wanted));
  return Math.abs(actual - wanted) <= allowed ? [] : [`${what}: ${actual} is not ${wanted}`];
}

/** Six significant digits. */
const PRINTED_TO = 5.1e-6;
const namesIn = (folder: string) => readdirSync(oraclePath(`expected/${folder}`)).map((name) => name.replace('.csv', ''));
const numberIn = (row: ExpectedRow | undefined, column: string) => Number(row?.[column] ?? Number.NaN);
const chunkOf = (row: ExpectedRow) => `${row['chunk_key']}/${row['chunk_period']}`;
const present = oraclesPresent();
const computedNames = present ? namesIn('computed').filter((name) => name !== 'carloan_rank_alertcount_js') : [];

describe.skipIf(!present)('every cell that NannyML printed or computed', () => {
  test('no table of the oracles is left out', () => {
    expect(namesIn('published').filter((name) => !(name in PRINTED) && !ELSEWHERE.includes(name))).toEqual([]);
    expect(computedNames).toHaveLength(13);
  });

  test.each(Object.entries(PRINTED))('%s prints what %s holds', (printed, computed) => {
    const full = new Map(expectedTable(`computed/${computed}`).map((row) => [chunkOf(row), row]));
    const realised = new Map(expectedTable(`computed/${ESTIMATED[computed] ?? computed}`).map((row) => [chunkOf(row), row]));
    const wrong: string[] = [];
    let cells = 0;
    for (const row of expectedTable(`published/${printed}`)) {
      for (const [column, cell] of Object.entries(row)) {
        // Drawn from an unseeded bootstrap, so no two runs of NannyML print the same.
        if (column === 'average_precision_sampling_error') continue;
        const stem = column.endsWith('_realized') ? `${column.slice(0, -'_realized'.length)}_value` : null;
        const held = stem === null ? full.get(chunkOf(row))?.[column] : realised.get(chunkOf(row))?.[stem];
        // LightGBM's figures differ by its version.
        const tolerance = column === 'domain_classifier_auroc_value' ? 2e-3 : PRINTED_TO;
        if (cell !== held)
          wrong.push(...differing(Number(cell), Number(held), { relative: tolerance, what: `${column} of ${chunkOf(row)}` }));
        cells += 1;
      }
    }

    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(50);
  });

  test.each(computedNames)('%s: boundaries, thresholds and alerts follow from its figures', (name) => {
    const rows = expectedTable(`computed/${name}`);
    const reference = rows.filter((row) => row['chunk_period'] === 'reference');
    const realised = ESTIMATED[name] === undefined ? reference : expectedTable(`computed/${ESTIMATED[name]}`).slice(0, reference.length);

    const wrong: string[] = [];
    for (const stem of stemsOf(rows)) {
      const usual = nannymlThreshold(realised.map((row) => numberIn(row, `${stem}_value`)));
      for (const row of rows) {
        const figure = (part: string) => numberIn(row, `${stem}_${part}`);
        const compare = (part: string, wanted: number) => {
          if (row[`${stem}_${part}`] === undefined) return;
          wrong.push(...differing(figure(part), wanted, { relative: 1e-9, what: `${stem}_${part} of ${chunkOf(row)}` }));
        };
        compare('upper_confidence_boundary', figure('value') + 3 * figure('sampling_error'));
        compare('lower_confidence_boundary', figure('value') - 3 * figure('sampling_error'));
        // Of the domain classifier they are constants.
        compare('upper_threshold', name.includes('domain_classifier') ? 0.65 : usual.upper);
        compare('lower_threshold', name.includes('domain_classifier') ? 0.45 : usual.lower);
        const isBeyond = figure('value') > figure('upper_threshold') || figure('value') < figure('lower_threshold');
        // The chi-square test alarms by its p value, which the table does not hold.
        if (!stem.endsWith('_chi2') && String(isBeyond) !== row[`${stem}_alert`]?.toLowerCase()) wrong.push(`${stem} of ${chunkOf(row)}`);
      }
    }

    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(ESTIMATED))('%s takes from %s what was realised, its thresholds and its errors', (estimated, realisedName) => {
    const realised = expectedTable(`computed/${realisedName}`);
    const wrong: string[] = [];

    for (const [index, row] of expectedTable(`computed/${estimated}`).entries()) {
      for (const [column, cell] of Object.entries(row)) {
        if (!/_(realized|threshold|sampling_error)$/.test(column)) continue;
        const other = numberIn(realised[index], column.replace(/_realized$/, '_value'));
        wrong.push(...differing(Number(cell), other, { relative: 1e-12, what: `${column} of ${chunkOf(row)}` }));
      }
    }

    expect(wrong).toEqual([]);
    expect(realised.map((row) => numberIn(row, 'chunk_targets_missing_rate'))).toEqual(realised.map(() => 0));
  });

  test('their value per prediction divides each column of the matrix by its sum; ours by the rows', () => {
    const worth = { true_positive: 50, false_positive: -10, false_negative: -50, true_negative: 5 };
    for (const [shares, wrong] of [
      ['carloan_realized_confusion_all', 'carloan_realized_bv_per_prediction'],
      ['carloan_cbpe_confusion_all', 'carloan_cbpe_bv_per_prediction'],
    ] as const) {
      const theirs = expectedTable(`computed/${wrong}`);
      for (const [index, row] of expectedTable(`computed/${shares}`).entries()) {
        const share = (cell: string) => numberIn(row, `${cell}_value`);
        const called = [share('true_positive') + share('false_positive'), share('true_negative') + share('false_negative')];
        const byColumn = Object.entries(worth).reduce(
          (sum, [cell, value]) => sum + (value * share(cell)) / (called[cell.endsWith('positive') ? 0 : 1] ?? 0),
          0,
        );

        expectClose(numberIn(theirs[index], 'business_value_value'), byColumn, 1e-9);
      }
    }
  });
});

describe.skipIf(!present)('one error for every chunk, which NannyML takes from the whole reference', () => {
  const errors = new Map<string, number>();

  beforeAll(async () => {
    const [loans, prices] = [(await chunksOf(LOANS, 5000)).reference, (await chunksOf(PRICES, 6000)).reference];
    const calls = {
      scores: numbersOf(loans, 'y_pred_proba'),
      labels: numbersOf(loans, 'repaid'),
      called: Uint8Array.from(loans, (row) => Number(row['y_pred'])),
    };
    const worth = { truePositive: 50, falsePositive: -10, falseNegative: -50, trueNegative: 5 };
    const found = [
      ...realisedClassification(calls, worth).map((each) => ({ ...each, scale: Math.sqrt(loans.length / 5000) })),
      ...realisedRegression(numbersOf(prices, 'y_true'), numbersOf(prices, 'y_pred')).map((each) => ({
        ...each,
        scale: Math.sqrt(prices.length / 6000),
      })),
    ];
    for (const { metric, standardError, scale } of found) errors.set(metric, (standardError ?? Number.NaN) * scale);
  });

  test.each([
    ['carloan_realized', 'accuracy', 'accuracy', 1],
    ['carloan_realized', 'precision', 'precision', 1],
    ['carloan_realized', 'recall', 'recall', 1],
    ['carloan_realized', 'specificity', 'specificity', 1],
    ['carloan_realized_confusion_all', 'true_positive', 'truePositiveShare', 1],
    ['carloan_realized_confusion_all', 'true_negative', 'trueNegativeShare', 1],
    ['carloan_realized_confusion_all', 'false_positive', 'falsePositiveShare', 1],
    ['carloan_realized_confusion_all', 'false_negative', 'falseNegativeShare', 1],
    ['carloan_realized_bv_none', 'business_value', 'valuePerPrediction', 5000],
    ['carloan_realized_bv_per_prediction', 'business_value', 'valuePerPrediction', 1],
    ['carprice_realized', 'mae', 'mae', 1],
    ['carprice_realized', 'mape', 'mape', 1],
    ['carprice_realized', 'mse', 'mse', 1],
    ['carprice_realized', 'rmse', 'rmse', 1],
    ['carprice_realized', 'msle', 'msle', 1],
    ['carprice_realized', 'rmsle', 'rmsle', 1],
  ])('%s: %s is ours of %s, but that we divide by n − 1', (table, theirs, ours, times) => {
    for (const row of expectedTable(`computed/${table}`))
      expectClose((errors.get(ours) ?? Number.NaN) * times, numberIn(row, `${theirs}_sampling_error`), 2e-5);
  });
});
