import type { BusinessValue } from '../schema/business-value.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import { type MetricEstimate, metricsOf } from '../schema/metric.ts';
import type { Task } from '../schema/task.ts';
import type { BareMetric } from './bare-metric.ts';
import { cubeClassMetrics } from './cube-class-metrics.ts';
import { cubeErrorMetrics } from './cube-error-metrics.ts';
import { cubeProbabilityMetrics } from './cube-probability-metrics.ts';
import { cubeRankMetrics } from './cube-rank-metrics.ts';
import { cubeThresholdMetrics } from './cube-threshold-metrics.ts';

/** What decides which metrics a cube has. A model definition is one. */
export interface MeasuredTask {
  readonly task: Task;
  /** Left out: calls are made at 0.5 and no value is computed. */
  readonly businessValue?: BusinessValue | undefined;
}

/**
 * All metrics that a task has with 95 % intervals, in the order of `metricsOf`; `valuePerPrediction` only with a business value. A metric
 * that cannot be computed (no labelled row, one class) has value null and says why. Calls are made at businessValue.threshold, else at 0.5, cut at
 * the nearest edge of the cube's 4096 cells; rank and probability metrics treat the scores of one cell as equal.
 */
export function cubeMetrics(cube: LabelCube, { task, businessValue }: MeasuredTask): MetricEstimate[] {
  const metrics = MEASURES[task](cube, businessValue);
  return metricsOf(task)
    .flatMap((name) => metrics.filter(({ metric }) => metric === name))
    .map((metric) => ({ ...metric, sampleSize: cube.labelled, positives: cube.positives }));
}

const MEASURES: Readonly<Record<Task, (cube: LabelCube, businessValue?: BusinessValue) => BareMetric[]>> = {
  binary: (cube, value) => [...cubeRankMetrics(cube), ...cubeThresholdMetrics(cube, value), ...cubeProbabilityMetrics(cube)],
  // Right answers are the positive rows: their confidence is judged as a probability, and answers with enough of it have outcomes to value.
  multiclass: (cube, value) => [
    ...cubeClassMetrics(cube),
    ...cubeProbabilityMetrics(cube),
    ...cubeThresholdMetrics(cube, value).filter(({ metric }) => metric === 'valuePerPrediction'),
  ],
  regression: cubeErrorMetrics,
};
