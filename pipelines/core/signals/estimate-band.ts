import { durationSeconds } from '../schema/duration.ts';
import type { Interval } from '../schema/interval.ts';
import type { MetricName } from '../schema/metric.ts';
import type { Task } from '../schema/task.ts';
import { dispersedBand } from '../statistics/estimation/dispersed-band.ts';
import { normalInterval } from '../statistics/intervals/normal-interval.ts';
import type { WindowEvidence } from './signal-of.ts';

const SHARE = [0, 1] as const;
const LIMITS: Partial<Record<MetricName, readonly [number, number]>> = {
  rocAuc: SHARE,
  averagePrecision: SHARE,
  accuracy: SHARE,
  f1: SHARE,
  precision: SHARE,
  recall: SHARE,
  specificity: SHARE,
  brier: SHARE,
  logLoss: [0, Number.POSITIVE_INFINITY],
  meanAbsoluteError: [0, Number.POSITIVE_INFINITY],
  rootMeanSquaredError: [0, Number.POSITIVE_INFINITY],
  rSquared: [Number.NEGATIVE_INFINITY, 1],
  macroF1: SHARE,
};

/** Whose dispersion stands in for metrics that a reference has none of: figures by class hang together as accuracy does, R² as the squares of its errors. */
const STAND_IN: Partial<Record<Task, MetricName>> = { multiclass: 'accuracy', regression: 'rootMeanSquaredError' };

/** The least and the most that a metric can be. */
export function metricLimits(metric: MetricName): readonly [number, number] {
  return LIMITS[metric] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}

/**
 * The 95 % band of an estimate: wider than independent rows make it where the windows of the reference differed by more than their rows explain.
 * A reference that was counted in windows of another length says nothing of that. `factor`: by how much.
 */
export function estimateBand(
  { definition, reference }: Pick<WindowEvidence, 'definition' | 'reference'>,
  { metric, value, standardError }: { readonly metric: MetricName; readonly value: number; readonly standardError: number },
): { readonly interval: Interval; readonly factor: number } {
  const isSameLength = reference.windowSeconds === durationSeconds(definition.monitoring.window);
  const known = reference.estimateDispersions?.[metric] ?? reference.estimateDispersions?.[STAND_IN[definition.task] ?? metric];
  const dispersion = isSameLength ? known : undefined;
  const factor = dispersion === undefined ? 1 : dispersedBand(dispersion);
  const [minimum, maximum] = metricLimits(metric);
  return { interval: normalInterval({ value, standardError: factor * standardError, minimum, maximum }), factor };
}
