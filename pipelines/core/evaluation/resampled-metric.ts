import type { MetricName } from '../schema/metric.ts';
import { blockRocAuc } from '../statistics/block-roc-auc.ts';
import { squaredErrors } from '../statistics/brier.ts';
import { logLosses } from '../statistics/log-loss.ts';
import type { ResampledMeasure } from '../statistics/paired-bootstrap.ts';
import type { ScoredLabels } from './estimate-metrics.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';

/** A metric of one model as a function of how often each block was drawn; null for metrics that have no paired interval (see `whyNoInterval`). */
export function resampledMetric(metric: MetricName, rows: ScoredLabels, blocks: ResamplingBlocks): ResampledMeasure | null {
  const { scores, labels, businessValue } = rows;
  const threshold = businessValue?.threshold ?? 0.5;
  const called = (row: number) => (scores[row] ?? 0) >= threshold;
  const actual = (row: number) => labels[row] === 1;
  const perRow = (value: (row: number) => number) => Float64Array.from(scores, (_, row) => value(row));
  const hits = () => perRow((row) => Number(called(row) && actual(row)));
  const mean = (values: Float64Array) =>
    ratio(
      values,
      perRow(() => 1),
    );
  const ratio = (numerators: Float64Array, denominators: Float64Array) =>
    ratioOfSums(blockSums(numerators, blocks), blockSums(denominators, blocks));
  switch (metric) {
    case 'rocAuc':
      return blockRocAuc({ scores, labels, blocks: blocks.of, blockCount: blocks.count });
    case 'logLoss':
      return mean(logLosses(scores, labels));
    case 'brier':
      return mean(squaredErrors(scores, labels));
    case 'accuracy':
      return mean(perRow((row) => Number(called(row) === actual(row))));
    case 'precision':
      return ratio(
        hits(),
        perRow((row) => Number(called(row))),
      );
    case 'recall':
      return ratio(
        hits(),
        perRow((row) => Number(actual(row))),
      );
    case 'f1':
      return ratio(
        hits().map((hit) => 2 * hit),
        perRow((row) => Number(called(row)) + Number(actual(row))),
      );
    case 'valuePerPrediction': {
      if (businessValue === undefined) return null;
      const { truePositive, falsePositive, falseNegative, trueNegative } = businessValue;
      return mean(
        perRow((row) => (called(row) ? (actual(row) ? truePositive : falsePositive) : actual(row) ? falseNegative : trueNegative)),
      );
    }
    case 'specificity':
      return ratio(
        perRow((row) => Number(!called(row) && !actual(row))),
        perRow((row) => Number(!actual(row))),
      );
    case 'meanAbsoluteError':
      return mean(perRow((row) => Math.abs((scores[row] ?? Number.NaN) - (labels[row] ?? Number.NaN))));
    case 'rootMeanSquaredError': {
      const meanSquare = mean(perRow((row) => ((scores[row] ?? Number.NaN) - (labels[row] ?? Number.NaN)) ** 2));
      return (multiplicity) => Math.sqrt(meanSquare(multiplicity));
    }
    case 'averagePrecision':
    case 'macroF1':
    case 'rSquared':
    case 'expectedCalibrationError':
      return null;
  }
}

/** Why a metric has no paired interval. */
export function whyNoInterval(metric: MetricName): string {
  if (metric === 'valuePerPrediction') return 'model.yml states no businessValue.';
  return metric !== 'expectedCalibrationError'
    ? 'No paired interval is computed for this metric.'
    : 'The calibration error is biased upwards by an amount that depends on the resample: compare log loss instead.';
}

function blockSums(values: Float64Array, blocks: ResamplingBlocks): Float64Array {
  const sums = new Float64Array(blocks.count);
  for (const [row, value] of values.entries()) {
    const block = blocks.of[row] ?? 0;
    sums[block] = (sums[block] ?? 0) + value;
  }
  return sums;
}

function ratioOfSums(numerators: Float64Array, denominators: Float64Array): ResampledMeasure {
  return (multiplicity) => {
    let above = 0;
    let below = 0;
    for (const [block, times] of multiplicity.entries()) {
      above += times * (numerators[block] ?? 0);
      below += times * (denominators[block] ?? 0);
    }
    return above / below;
  };
}
