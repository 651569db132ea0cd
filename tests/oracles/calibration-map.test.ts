import { describe, expect, test } from 'vitest';
import { isotonicAt, isotonicFit } from '../../pipelines/core/statistics/estimation/isotonic.ts';
import { rankingMetrics } from '../../pipelines/core/statistics/metrics/ranking-metrics.ts';
import { expectClose } from './expect-close.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

interface Oracle {
  readonly binary_classification: {
    readonly y_true: readonly number[];
    readonly y_score: readonly number[];
    readonly average_precision: number;
    readonly isotonic_grid: readonly number[];
    readonly isotonic_pred: readonly number[];
  };
}

describe.skipIf(!oraclesPresent())('scikit-learn on 200 rows with ties', () => {
  const oracle = oraclesPresent() ? readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json').binary_classification : null;
  const [x, y] = [oracle?.y_score ?? [], oracle?.y_true ?? []];

  test('isotonic regression on its grid, clipped at both ends', () => {
    const fit = isotonicFit({ x, y });

    expect(oracle?.isotonic_grid).toHaveLength(25);
    for (const [index, at] of (oracle?.isotonic_grid ?? []).entries()) {
      expectClose(isotonicAt(fit, at), oracle?.isotonic_pred[index] ?? Number.NaN, 1e-12);
    }
  });

  test('average precision', () => {
    const scores = Float64Array.from(x);
    const [, { value }] = rankingMetrics({
      scores,
      rows: scores.map(() => 1),
      positive: Float64Array.from(y),
      called: new Uint8Array(x.length),
    });

    expectClose(value, oracle?.average_precision ?? Number.NaN, 1e-12);
  });
});
