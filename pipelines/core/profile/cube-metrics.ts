import type { LabelCube } from '../schema/label-cube.ts';
import type { MetricEstimate, MetricName } from '../schema/metric.ts';
import type { BusinessValue } from '../schema/model-definition.ts';
import { deLong } from '../statistics/delong.ts';
import { normalInterval } from '../statistics/normal-interval.ts';
import type { BareMetric } from './bare-metric.ts';
import { cubeProbabilityMetrics } from './cube-probability-metrics.ts';
import { cubeThresholdMetrics } from './cube-threshold-metrics.ts';

/**
 * All metrics of a cube with 95 % intervals, in the order of `MetricName`; `valuePerPrediction` only with a business value. A metric that
 * cannot be computed (no labelled row, one class) has value null and says why. Calls are made at businessValue.threshold, else at 0.5, cut at
 * the nearest edge of the cube's 4096 cells; rank and probability metrics treat the scores of one cell as equal.
 */
export function cubeMetrics(cube: LabelCube, businessValue?: BusinessValue): MetricEstimate[] {
  const metrics = [rocAuc(cube), ...cubeThresholdMetrics(cube, businessValue), ...cubeProbabilityMetrics(cube)];
  return ORDER.flatMap((name) => metrics.filter(({ metric }) => metric === name)).map((metric) => ({
    ...metric,
    sampleSize: cube.labelled,
    positives: cube.positives,
  }));
}

const ORDER: readonly MetricName[] = [
  'rocAuc',
  'accuracy',
  'logLoss',
  'brier',
  'expectedCalibrationError',
  'f1',
  'precision',
  'recall',
  'valuePerPrediction',
];

function rocAuc(cube: LabelCube): BareMetric {
  const base = { metric: 'rocAuc' as const, method: 'Mann-Whitney on 4096 score cells, DeLong interval' };
  const area = deLong({ negatives: cube.cells.map((cell) => cell[1]), positives: cube.cells.map((cell) => cell[2]) });
  if (area === null) return { ...base, value: null, interval: null, why: missingClass(cube) };
  const { area: value, standardError } = area;
  const interval = standardError === null ? null : normalInterval({ value, standardError, minimum: 0, maximum: 1 });
  return { ...base, value, interval, why: null };
}

function missingClass(cube: LabelCube): string {
  if (cube.labelled === 0) return 'There is no labelled row.';
  return `All ${cube.labelled} labelled rows are ${cube.positives === 0 ? 'negative' : 'positive'}: ranking needs both classes.`;
}
