import type { BusinessValue } from '../schema/business-value.ts';
import { type MetricName, metricsOf } from '../schema/metric.ts';
import type { ResampledMeasure } from '../statistics/intervals/paired-bootstrap.ts';
import { blockAveragePrecision } from '../statistics/metrics/block-average-precision.ts';
import { blockMacroF1 } from '../statistics/metrics/block-macro-f1.ts';
import { blockRocAuc } from '../statistics/metrics/block-roc-auc.ts';
import { squaredErrors } from '../statistics/metrics/brier.ts';
import { logLosses } from '../statistics/metrics/log-loss.ts';
import { outcomesOf, type ScoredLabels } from './estimate-metrics.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';

/**
 * A metric of one model as a function of how often each block was drawn; null for metrics that the task has not, or that have no paired
 * interval (see `whyNoInterval`).
 */
export function resampledMetric(metric: MetricName, rows: ScoredLabels, blocks: ResamplingBlocks): ResampledMeasure | null {
  const { scores, labels, predicted, businessValue } = rows;
  const task = rows.task ?? 'binary';
  if (!metricsOf(task).includes(metric)) return null;
  const outcomes = outcomesOf(rows);
  const threshold = businessValue?.threshold ?? 0.5;
  const called = (row: number) => (scores[row] ?? 0) >= threshold;
  const actual = (row: number) => outcomes[row] === 1;
  const error = (row: number) => (scores[row] ?? Number.NaN) - (labels[row] ?? Number.NaN);
  const perRow = (value: (row: number) => number) => Float64Array.from(scores, (_, row) => value(row));
  const mean = (values: Float64Array) =>
    ratio(
      values,
      perRow(() => 1),
    );
  const ratio = (numerators: Float64Array, denominators: Float64Array) =>
    ratioOfSums(blockSums(numerators, blocks), blockSums(denominators, blocks));
  const share = (part: (row: number) => boolean, whole: (row: number) => boolean) =>
    ratio(
      perRow((row) => Number(part(row) && whole(row))),
      perRow((row) => Number(whole(row))),
    );
  switch (metric) {
    case 'rocAuc':
      return blockRocAuc({ scores, labels, blocks: blocks.of, blockCount: blocks.count });
    case 'averagePrecision':
      return blockAveragePrecision({ scores, labels, blocks: blocks.of, blockCount: blocks.count });
    case 'logLoss':
      return mean(logLosses(scores, outcomes));
    case 'brier':
      return mean(squaredErrors(scores, outcomes));
    case 'accuracy':
      return mean(task === 'multiclass' ? outcomes : perRow((row) => Number(called(row) === actual(row))));
    case 'macroF1':
      return predicted === undefined ? null : blockMacroF1({ called: predicted, labels, blocks: blocks.of, blockCount: blocks.count });
    case 'precision':
      return share(actual, called);
    case 'recall':
      return share(called, actual);
    case 'specificity':
      return share(
        (row) => !called(row),
        (row) => !actual(row),
      );
    case 'f1':
      return ratio(
        perRow((row) => 2 * Number(called(row) && actual(row))),
        perRow((row) => Number(called(row)) + Number(actual(row))),
      );
    case 'valuePerPrediction':
      return businessValue === undefined ? null : mean(perRow((row) => worthOf(businessValue, called(row), actual(row))));
    case 'meanAbsoluteError':
      return mean(perRow((row) => Math.abs(error(row))));
    case 'rootMeanSquaredError': {
      const meanSquare = mean(perRow((row) => error(row) ** 2));
      return (multiplicity) => Math.sqrt(meanSquare(multiplicity));
    }
    case 'rSquared':
      return rSquared(labels, mean(perRow((row) => error(row) ** 2)), mean);
    case 'expectedCalibrationError':
      return null;
  }
}

function worthOf(worth: BusinessValue, called: boolean, actual: boolean): number {
  if (called) return actual ? worth.truePositive : worth.falsePositive;
  return actual ? worth.falseNegative : worth.trueNegative;
}

/** Labels are taken from their overall mean first, so that nothing cancels when they are large and vary little. */
function rSquared(labels: Float64Array, meanSquare: ResampledMeasure, mean: (values: Float64Array) => ResampledMeasure): ResampledMeasure {
  const centre = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const first = mean(labels.map((label) => label - centre));
  const second = mean(labels.map((label) => (label - centre) ** 2));
  return (multiplicity) => 1 - meanSquare(multiplicity) / (second(multiplicity) - first(multiplicity) ** 2);
}

/** Why a metric has no paired interval. */
export function whyNoInterval(metric: MetricName): string {
  if (metric === 'valuePerPrediction') return 'model.yml states no businessValue.';
  return metric !== 'expectedCalibrationError'
    ? 'The task of this model has no such metric.'
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
