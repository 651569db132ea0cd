import type { LabelCube } from '../schema/label-cube.ts';
import type { MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { NoisyFigure } from '../statistics/sequential/lasting-drop.ts';
import { cubeMetric } from './cube-metrics.ts';

/** Half-width of a 95 % interval in standard errors. */
const NORMAL_95 = 1.96;

/** The agreed metric of one window alone, as evidence over windows weighs it. */
export interface WindowFigure {
  readonly metric: MetricName;
  readonly labelled: number;
  /** null where the window has too few labels of its own, or one class only. */
  readonly value: number | null;
  /** What its rows alone leave open: a standard error that takes them for independent. 0 where it is not known. */
  readonly error: number;
}

/**
 * One figure for one window: windows are compared with windows, since the rows of one day hang together. A window with less than its part of
 * `monitoring.minimumLabels` (a share of 1 / performanceWindows) says nothing by itself.
 */
export function windowFigure(cube: LabelCube | null, definition: ModelDefinition): WindowFigure {
  const { minimumLabels, performanceWindows, performance } = definition.monitoring;
  const { metric } = performance;
  const labelled = cube?.labelled ?? 0;
  if (cube === null || labelled < minimumLabels / performanceWindows) return { metric, labelled, value: null, error: 0 };
  const found = cubeMetric(cube, definition, metric);
  const interval = found?.interval ?? null;
  const error = interval === null ? 0 : (interval.upper - interval.lower) / (2 * NORMAL_95);
  return { metric, labelled, value: found?.value ?? null, error };
}

/** A list of the one figure, or of none where there is none. */
export function knownFigure({ value, error }: { readonly value: number | null; readonly error: number }): NoisyFigure[] {
  return value === null ? [] : [{ value, error }];
}
