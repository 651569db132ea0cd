import { describe, test } from 'vitest';
import { blockRocAuc } from '../../pipelines/core/statistics/metrics/block-roc-auc.ts';
import { brier } from '../../pipelines/core/statistics/metrics/brier.ts';
import { logLoss } from '../../pipelines/core/statistics/metrics/log-loss.ts';
import { rocAuc } from '../../pipelines/core/statistics/metrics/roc-auc.ts';
import { expectClose } from './expect-close.ts';
import { oraclesPresent, readOracle } from './read-oracle.ts';

interface Oracle {
  readonly binary_classification: {
    readonly y_true: readonly number[];
    readonly y_score: readonly number[];
    readonly roc_auc: number;
    readonly log_loss: number;
    readonly brier: number;
    readonly delong: { readonly auc: number; readonly se_ddof1: number };
  };
}

describe.skipIf(!oraclesPresent())('scikit-learn on 200 rows with ties', () => {
  const oracle = oraclesPresent() ? readOracle<Oracle>('unit/reference_statistics_scipy_sklearn.json').binary_classification : null;
  const scores = Float64Array.from(oracle?.y_score ?? []);
  const labels = Float64Array.from(oracle?.y_true ?? []);

  test('ROC AUC and the standard error of DeLong', () => {
    const estimate = rocAuc(scores, labels);

    expectClose(estimate?.area, oracle?.roc_auc ?? Number.NaN, 1e-12);
    expectClose(estimate?.standardError, oracle?.delong.se_ddof1 ?? Number.NaN, 1e-9);
  });

  test('ROC AUC of a resample in which each of three blocks was drawn once', () => {
    const blocks = Uint32Array.from(scores, (_, row) => row % 3);

    const area = blockRocAuc({ scores, labels, blocks, blockCount: 3 })(Uint16Array.of(1, 1, 1));

    expectClose(area, oracle?.roc_auc ?? Number.NaN, 1e-12);
  });

  test('log loss', () => {
    expectClose(logLoss(scores, labels), oracle?.log_loss ?? Number.NaN, 1e-12);
  });

  test('Brier score', () => {
    expectClose(brier(scores, labels), oracle?.brier ?? Number.NaN, 1e-12);
  });
});
