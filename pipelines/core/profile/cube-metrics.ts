import type { BusinessValue } from '../schema/business-value.ts';
import type { LabelCube } from '../schema/label-cube.ts';
import { type MetricEstimate, type MetricName, metricsOf } from '../schema/metric.ts';
import type { Task } from '../schema/task.ts';
import type { BareMetric } from './bare-metric.ts';
import { cubeClassMetrics } from './cube-class-metrics.ts';
import { cubeErrorMetrics } from './cube-error-metrics.ts';
import { cubeProbabilityMetrics } from './cube-probability-metrics.ts';
import { cubeAveragePrecision, cubeRocAuc } from './cube-rank-metrics.ts';
import { cubeThresholdMetrics } from './cube-threshold-metrics.ts';

/** What decides which metrics a cube has. A model definition is one. */
export interface MeasuredTask {
  readonly task: Task;
  /** Left out: calls are made at 0.5 and no value is computed. */
  readonly businessValue?: BusinessValue | undefined;
}

/** Measures that are worked out together, and the metrics that they give. */
interface Measures {
  readonly metrics: readonly MetricName[];
  readonly of: (cube: LabelCube, businessValue?: BusinessValue) => BareMetric[];
}

const PROBABILITIES: Measures = { metrics: ['logLoss', 'brier', 'expectedCalibrationError'], of: cubeProbabilityMetrics };

const MEASURES: Readonly<Record<Task, readonly Measures[]>> = {
  binary: [
    { metrics: ['rocAuc'], of: (cube) => [cubeRocAuc(cube)] },
    { metrics: ['averagePrecision'], of: (cube) => [cubeAveragePrecision(cube)] },
    { metrics: ['accuracy', 'precision', 'specificity', 'recall', 'f1', 'valuePerPrediction'], of: cubeThresholdMetrics },
    PROBABILITIES,
  ],
  // Right answers are the positive rows: their confidence is judged as a probability, and answers with enough of it have outcomes to value.
  multiclass: [
    { metrics: ['accuracy', 'macroF1'], of: cubeClassMetrics },
    PROBABILITIES,
    { metrics: ['valuePerPrediction'], of: cubeThresholdMetrics },
  ],
  regression: [{ metrics: metricsOf('regression'), of: cubeErrorMetrics }],
};

/**
 * All metrics that a task has with 95 % intervals, in the order of `metricsOf`; `valuePerPrediction` only with a business value. A metric
 * that cannot be computed (no labelled row, one class) has value null and says why. Calls are made at businessValue.threshold, else at 0.5, cut at
 * the nearest edge of the cube's 4096 cells; rank and probability metrics treat the scores of one cell as equal.
 */
export function cubeMetrics(cube: LabelCube, task: MeasuredTask): MetricEstimate[] {
  return measured(cube, task, metricsOf(task.task));
}

/** One metric alone, as `cubeMetrics` gives it, at its own cost; null where the task, or a task without a business value, has none of that name. */
export function cubeMetric(cube: LabelCube, task: MeasuredTask, metric: MetricName): MetricEstimate | null {
  return measured(cube, task, metricsOf(task.task).includes(metric) ? [metric] : [])[0] ?? null;
}

function measured(cube: LabelCube, { task, businessValue }: MeasuredTask, wanted: readonly MetricName[]): MetricEstimate[] {
  const found = MEASURES[task].flatMap(({ metrics, of }) => {
    const asked = metrics.filter((metric) => wanted.includes(metric));
    return asked.length === 0 ? [] : of(cube, businessValue).filter(({ metric }) => asked.includes(metric));
  });
  return wanted
    .flatMap((name) => found.filter(({ metric }) => metric === name))
    .map((metric) => ({ ...metric, sampleSize: cube.labelled, positives: cube.positives }));
}
