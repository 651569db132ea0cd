import type { MetricName } from '../schema/metric.ts';
import { squaredErrors } from '../statistics/brier.ts';
import { logLosses } from '../statistics/log-loss.ts';
import type { ResampledMeasure } from '../statistics/paired-bootstrap.ts';
import { weightedRocAuc } from '../statistics/weighted-roc-auc.ts';
import type { ScoredLabels } from './estimate-metrics.ts';

/** A metric of one model as a function of a resample; null for metrics that have no paired interval (see `whyNoInterval`). */
export function resampledMetric(metric: MetricName, rows: ScoredLabels): ResampledMeasure | null {
  const { scores, labels, businessValue } = rows;
  const threshold = businessValue?.threshold ?? 0.5;
  const called = (row: number) => (scores[row] ?? 0) >= threshold;
  const actual = (row: number) => labels[row] === 1;
  const perRow = (value: (row: number) => number) => Float64Array.from(scores, (_, row) => value(row));
  const hits = () => perRow((row) => Number(called(row) && actual(row)));
  switch (metric) {
    case 'rocAuc':
      return weightedRocAuc(scores, labels);
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
    case 'expectedCalibrationError':
      return null;
  }
}

/** Why a metric has no paired interval. */
export function whyNoInterval(metric: MetricName): string {
  return metric === 'valuePerPrediction'
    ? 'model.yml states no businessValue.'
    : 'The calibration error is biased upwards by an amount that depends on the resample: compare log loss instead.';
}

function mean(values: Float64Array): ResampledMeasure {
  return (multiplicity) => {
    let sum = 0;
    let rows = 0;
    for (let row = 0; row < values.length; row += 1) {
      const times = multiplicity[row] ?? 0;
      sum += times * (values[row] ?? 0);
      rows += times;
    }
    return sum / rows;
  };
}

function ratio(numerators: Float64Array, denominators: Float64Array): ResampledMeasure {
  return (multiplicity) => {
    let above = 0;
    let below = 0;
    for (let row = 0; row < numerators.length; row += 1) {
      const times = multiplicity[row] ?? 0;
      above += times * (numerators[row] ?? 0);
      below += times * (denominators[row] ?? 0);
    }
    return above / below;
  };
}
