import { describe, expect, test } from 'vitest';
import { multiclassMetrics } from '../../pipelines/core/statistics/metrics/multiclass-metrics.ts';
import { realisedMulticlass } from '../../pipelines/core/statistics/metrics/realised-multiclass.ts';
import { expectClose } from './expect-close.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

const CARDS = ['highstreet_card', 'prepaid_card', 'upmarket_card'] as const;
const NAMES = ['accuracy', 'f1', 'precision', 'recall', 'specificity'] as const;

// rng = numpy.random.default_rng(3), numpy 1.26.4: 12 rows of Dirichlet(1, 1, 1), rounded to .1 so that scores tie, then scaled to 1.
const SCORES = [
  [0.1, 0.8, 0.2727272727272727, 0.0, 0.11111111111111113, 0.5, 0.6, 0.36363636363636365, 0.4, 0.2, 0.5, 0.7272727272727273],
  [0.2, 0.1, 0.09090909090909091, 0.1, 0.6666666666666667, 0.2, 0.4, 0.2727272727272727, 0.3, 0.0, 0.0, 0.09090909090909091],
  [0.7, 0.1, 0.6363636363636362, 0.9, 0.22222222222222227, 0.3, 0.0, 0.36363636363636365, 0.3, 0.8, 0.5, 0.18181818181818182],
];
const CALLED = [2, 0, 2, 2, 1, 0, 0, 0, 0, 2, 0, 0];
const LABELS = [0, 1, 2, 2, 2, 1, 1, 2, 1, 2, 2, 0];
const SKLEARN = {
  rocAuc: 0.6944444444444445,
  averagePrecision: 0.5747474747474747,
  accuracy: 0.3333333333333333,
  f1: 0.2740740740740741,
  precision: 0.2976190476190476,
  recall: 0.3333333333333333,
  specificity: 0.7027777777777778,
};

interface Oracle {
  readonly cases: readonly { readonly metric?: string; readonly expected: unknown }[];
}

/** The metrics of a confusion matrix: one row per called class, which is so much of each actual class. */
function ofMatrix(matrix: readonly (readonly number[])[]) {
  const scores = CARDS.map(() => Float64Array.of(0.2, 0.3, 0.5));
  return multiclassMetrics({ scores, called: [0, 1, 2], belongs: matrix.map((cells) => Float64Array.from(cells)) });
}

describe.skipIf(!oraclesPresent())('credit cards of three classes, from the confusion matrices that NannyML asserts', () => {
  const oracle = (part: string) =>
    Object.entries(readOracle<Record<string, Oracle>>('unit/nannyml_tests_expected.json')).find(([name]) => name.includes(part))?.[1]
      .cases ?? [];

  test('realised, ten chunks', () => {
    const expected = Object.fromEntries(
      oracle('test_multiclass_classification').map(({ metric, expected: values }) => [metric, values as number[]]),
    );

    for (let chunk = 0; chunk < 10; chunk += 1) {
      const metrics = ofMatrix(
        CARDS.map((actual) => CARDS.map((called) => expected[`true_${actual}_pred_${called}`]?.[chunk] ?? Number.NaN)),
      );
      for (const name of NAMES) {
        // Printed to five decimals.
        expect(
          Math.abs((metrics.find(({ metric }) => metric === name)?.value ?? Number.NaN) - (expected[name]?.[chunk] ?? Number.NaN)),
        ).toBeLessThan(5.1e-6);
      }
    }
  });

  test('their value per prediction divides each column of the matrix by its sum: at most 1 is possible, and they print 2', () => {
    const expected = Object.fromEntries(
      oracle('test_multiclass_classification').map(({ metric, expected: values }) => [metric, values as number[]]),
    );
    // Recovered from the ten chunks: a right call is worth 1, upmarket and highstreet taken for each other cost 1.
    const worth = { highstreet_card: [1, 0, -1], prepaid_card: [0, 1, 0], upmarket_card: [-1, 0, 1] } as const;

    for (const [chunk, theirs] of (expected['business_value'] ?? []).entries()) {
      const cell = (actual: string, called: string) => expected[`true_${actual}_pred_${called}`]?.[chunk] ?? Number.NaN;
      let [byColumn, byRows] = [0, 0];
      for (const called of CARDS) {
        const column = CARDS.reduce((sum, actual) => sum + cell(actual, called), 0);
        for (const [index, actual] of CARDS.entries()) {
          byColumn += ((worth[called][index] ?? 0) * cell(actual, called)) / column;
          byRows += ((worth[called][index] ?? 0) * cell(actual, called)) / 6000;
        }
      }
      expect(Math.abs(byColumn - theirs)).toBeLessThan(5.1e-6);
      expect(byRows).toBeLessThan(1);
    }
    expect(expected['business_value']).toHaveLength(10);
  });

  test('matrices scaled by row or by column hold recall and precision, and are those of the same chunks', () => {
    const cases = oracle('test_cbpe_for_multiclass').map(({ expected }) => expected as Record<string, number[]>);
    const cell = (of: Record<string, number[]>, pair: readonly [string, string], chunk: number) =>
      of[`estimated_true_${pair[0]}_pred_${pair[1]}`]?.[chunk] ?? Number.NaN;
    let compared = 0;

    for (const of of cases) {
      for (const chunk of (of['key'] ?? []).keys()) {
        const sum = (pairs: readonly (readonly [string, string])[]) => pairs.reduce((total, pair) => total + cell(of, pair, chunk), 0);
        const rows = CARDS.map((actual) => sum(CARDS.map((called) => [actual, called] as const)));
        const columns = CARDS.map((called) => sum(CARDS.map((actual) => [actual, called] as const)));
        const isScaled = (sums: readonly number[]) => sums.every((total) => Math.abs(total - 1) < 1e-9);
        if (!isScaled(rows) && !isScaled(columns)) continue;
        const diagonal = sum(CARDS.map((card) => [card, card] as const)) / CARDS.length;
        expectClose(diagonal, of[isScaled(rows) ? 'estimated_recall' : 'estimated_precision']?.[chunk] ?? Number.NaN, 1e-12);
        const twin = cases.find((other) => other !== of && other['key']?.[chunk] === of['key']?.[chunk]);
        for (const name of ['roc_auc', 'average_precision', 'f1', 'precision', 'recall', 'specificity', 'accuracy', 'business_value'])
          expect(twin?.[`estimated_${name}`]?.[chunk]).toBe(of[`estimated_${name}`]?.[chunk]);
        compared += 1;
      }
    }

    expect(compared).toBe(7);
  });

  test('estimated, chunks by number and by time', () => {
    const cases = oracle('test_cbpe_for_multiclass').map(({ expected }) => expected as Record<string, number[]>);
    let compared = 0;

    for (const expected of cases) {
      for (const chunk of (expected['key'] ?? []).keys()) {
        const matrix = CARDS.map((actual) =>
          CARDS.map((called) => expected[`estimated_true_${actual}_pred_${called}`]?.[chunk] ?? Number.NaN),
        );
        // Other cases scale rows or columns of the matrix to 1 and cannot be turned back.
        const total = matrix.flat().reduce((sum, cell) => sum + cell, 0);
        if (Math.abs(total - 1) > 1e-9 && total < 100) continue;
        const metrics = ofMatrix(matrix);
        for (const name of NAMES)
          expectClose(metrics.find(({ metric }) => metric === name)?.value, expected[`estimated_${name}`]?.[chunk] ?? Number.NaN, 1e-9);
        compared += 1;
      }
    }

    expect(compared).toBeGreaterThan(8);
  });
});

describe('realised metrics of three classes against scikit-learn 1.6.1', () => {
  const scores = SCORES.map((of) => Float64Array.from(of));

  test('macro averages over classes', () => {
    const metrics = realisedMulticlass({ scores, called: CALLED, labels: LABELS });

    for (const { metric, value } of metrics) expectClose(value, SKLEARN[metric as keyof typeof SKLEARN] ?? Number.NaN, 1e-12);
    expect(metrics).toHaveLength(7);
  });

  test('a class that nobody is or was called leaves a reason instead of a figure', () => {
    const metrics = realisedMulticlass({ scores, called: CALLED.map((k) => Math.min(1, k)), labels: LABELS.map((k) => Math.min(1, k)) });

    expect(metrics.filter(({ value }) => value === null).map(({ metric }) => metric)).toEqual([
      'rocAuc',
      'averagePrecision',
      'f1',
      'precision',
      'recall',
    ]);
    expect(metrics.find(({ metric }) => metric === 'precision')?.why).toBe('No row was called of class 2.');
  });
});
