import { describe, expect, test } from 'vitest';
import { realisedClassification } from '../../pipelines/core/statistics/metrics/realised-classification.ts';
import { realisedRegression } from '../../pipelines/core/statistics/metrics/realised-regression.ts';
import { expectClose } from './expect-close.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';
import { chunksOf, expectedRows, LOANS, numbersOf, PRICES } from './realised-oracle-rows.ts';

const WORTH = { truePositive: 50, falsePositive: -10, falseNegative: -50, trueNegative: 5 };
const LOAN = 5000;
const PRICE = 6000;

describe.skipIf(!oraclesPresent())('realised metrics of NannyML', () => {
  test('car loans: ranking, calls, confusion matrix, value', async () => {
    const { chunks } = await chunksOf(LOANS, LOAN);
    const [standard, confusion, value] = ['realized', 'realized_confusion_all', 'realized_bv_none'].map((name) =>
      expectedRows(`computed/carloan_${name}.csv`),
    );

    for (const [index, rows] of chunks.entries()) {
      const calls = {
        scores: numbersOf(rows, 'y_pred_proba'),
        labels: numbersOf(rows, 'repaid'),
        called: Uint8Array.from(rows, (row) => Number(row['y_pred'])),
      };
      const realised = realisedClassification(calls, WORTH);
      const found = (metric: string) => realised.find((each) => each.metric === metric)?.value;
      for (const name of ['roc_auc', 'average_precision', 'f1', 'precision', 'recall', 'specificity', 'accuracy']) {
        expectClose(found(camel(name)), Number(standard?.[index]?.[`${name}_value`]), 1e-9);
      }
      for (const cell of ['true_positive', 'false_positive', 'false_negative', 'true_negative']) {
        expectClose(found(`${camel(cell)}Share`), Number(confusion?.[index]?.[`${cell}_value`]), 1e-9);
      }
      expectClose((found('valuePerPrediction') ?? Number.NaN) * LOAN, Number(value?.[index]?.['business_value_value']), 1e-9);
    }

    expect(chunks).toHaveLength(20);
  });

  test('car prices: the six losses, computed, printed in the documentation and asserted in their tests', async () => {
    const { chunks } = await chunksOf(PRICES, PRICE);
    const computed = expectedRows('computed/carprice_realized.csv');
    const printed = expectedRows('published/carprice_realized__cell5.csv').filter((row) => row['chunk.period'] === 'analysis');
    const asserted = readOracle<Record<string, { cases: { metric: string; expected: number[] }[] }>>('unit/nannyml_tests_expected.json');
    const { cases } = Object.entries(asserted).find(([name]) => name.includes('test_regression'))?.[1] ?? { cases: [] };

    for (const [index, rows] of chunks.entries()) {
      const realised = realisedRegression(numbersOf(rows, 'y_true'), numbersOf(rows, 'y_pred')).filter(
        ({ metric }) => metric !== 'r2' && metric !== 'medianAbsoluteError',
      );
      for (const { metric, value } of realised) {
        expectClose(value, Number(computed[index]?.[`${metric}_value`]), 1e-9);
        if (index < 10) continue;
        if (printed[index - 10]?.[`${metric}.value`] !== undefined)
          expectClose(value, Number(printed[index - 10]?.[`${metric}.value`]), 1e-5);
        expectClose(value, cases.find((each) => each.metric === metric)?.expected[index - 10] ?? Number.NaN, 1e-4);
      }
      expect(realised).toHaveLength(6);
    }

    expect([chunks.length, printed.length, cases.length]).toEqual([20, 10, 6]);
  });

  test('one error of a chunk is what NannyML takes for all, from the whole reference; ours agree where its formula is right', async () => {
    const { reference } = await chunksOf(LOANS, LOAN);
    const theirs = expectedRows('computed/carloan_realized.csv')[0] ?? {};
    const scale = Math.sqrt(reference.length / LOAN);
    const calls = {
      scores: numbersOf(reference, 'y_pred_proba'),
      labels: numbersOf(reference, 'repaid'),
      called: Uint8Array.from(reference, (row) => Number(row['y_pred'])),
    };

    const errors = new Map(realisedClassification(calls, WORTH).map(({ metric, standardError }) => [metric, (standardError ?? 0) * scale]));

    for (const name of ['accuracy', 'precision', 'recall', 'specificity'] as const) {
      expectClose(errors.get(name), Number(theirs[`${name}_sampling_error`]), 1e-3);
    }
    // Measured by a bootstrap of 2,000: ROC AUC .002677, F1 .003468; NannyML prints .00181 and .00644.
    const measured =
      readOracle<Record<string, Record<string, number[]>>>('unit/peer_measurements.json')[
        'nannyml_standard_error_vs_bootstrap_carloan_n5000'
      ];
    expectClose(errors.get('rocAuc'), measured?.['roc_auc']?.[1] ?? Number.NaN, 0.05);
    expectClose(errors.get('f1'), measured?.['f1']?.[1] ?? Number.NaN, 0.05);
  });
});

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
