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

    const errors = new Map<string, number>(
      realisedClassification(calls, WORTH).map(({ metric, standardError }) => [metric, (standardError ?? 0) * scale]),
    );

    for (const name of ['accuracy', 'precision', 'recall', 'specificity'] as const) {
      expectClose(errors.get(name), Number(theirs[`${name}_sampling_error`]), 1e-3);
    }
    // Measured by a bootstrap of 2,000: ROC AUC .002677, F1 .003468; NannyML prints .00181 and .00644.
    type Measured = Readonly<Record<string, number[]> & { delong_auc: number; delta_method_f1: number }>;
    const measured =
      readOracle<Record<string, Measured>>('unit/peer_measurements.json')['nannyml_standard_error_vs_bootstrap_carloan_n5000'];
    for (const name of ['roc_auc', 'f1', 'precision', 'recall', 'specificity', 'accuracy']) {
      const [printed, bootstrap] = measured?.[name] ?? [];
      expectClose(errors.get(camel(name)), bootstrap ?? Number.NaN, 0.05);
      // The area under the curve was measured where equal scores are sorted otherwise.
      expectClose(Number(theirs[`${name}_sampling_error`]), printed ?? Number.NaN, name === 'roc_auc' ? 2e-3 : 5e-4);
    }
    // The same by DeLong and by the delta method, of the first chunk instead of the reference.
    expectClose(errors.get('rocAuc'), measured?.delong_auc ?? Number.NaN, 0.03);
    expectClose(errors.get('f1'), measured?.delta_method_f1 ?? Number.NaN, 0.03);
  });

  test('their error of the area under the curve is that of the positives alone, as far as the order of equal scores lets it be told', async () => {
    const { reference } = await chunksOf(LOANS, LOAN);
    const [scores, labels] = [numbersOf(reference, 'y_pred_proba'), numbersOf(reference, 'repaid')];
    const printed = Object.entries(
      readOracle<Record<string, Record<string, number>>>('unit/peer_measurements.json')[
        'nannyml_roc_auc_sampling_error_carloan_depends_on_cpu_simd_and_numpy'
      ] ?? {},
    );
    const below = new Float64Array(101);
    const tied = new Float64Array(101);
    const level = (row: number) => Math.round((scores[row] ?? 0) * 100);
    for (const row of labels.keys()) if (labels[row] === 0) tied[level(row)] = (tied[level(row)] ?? 0) + 1;
    for (let at = 1; at <= 100; at += 1) below[at] = (below[at - 1] ?? 0) + (tied[at - 1] ?? 0);
    const negatives = tied.reduce((sum, rows) => sum + rows, 0);
    const beaten = [...labels.keys()].flatMap((row) =>
      labels[row] === 1 ? [((below[level(row)] ?? 0) + (tied[level(row)] ?? 0) / 2) / negatives] : [],
    );
    const mean = beaten.reduce((sum, share) => sum + share, 0) / beaten.length;
    const spread = Math.sqrt(beaten.reduce((sum, share) => sum + (share - mean) ** 2, 0) / beaten.length);

    const error = spread / Math.sqrt((LOAN * beaten.length) / labels.length);

    expectClose(error, printed.find(([name]) => name === 'midrank')?.[1] ?? Number.NaN, 1e-9);
    // Seven machines and ways to sort, seven figures; ties in the middle are below all of them.
    for (const [name, figure] of printed) if (name !== 'midrank') expect(figure / error - 1, name).toBeGreaterThan(0.002);
    for (const [, figure] of printed) expect(figure / error - 1).toBeLessThan(0.0045);
    expect(printed).toHaveLength(7);
  });
});

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
