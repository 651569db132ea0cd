import type { MetricEstimate, MetricName } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { SincePromotion } from '../schema/monitoring-report.ts';
import { metricName } from '../schema/phrase-metric.ts';

/** Enough labelled windows (`rollout.verifyWindows`) with enough labels (`monitoring.minimumLabels`) to hold a promotion to its promise. */
export function isVerificationDue({ rollout, monitoring }: ModelDefinition, since: SincePromotion): boolean {
  const { sampleSize } = metricOf(since.metrics, monitoring.performance.metric);
  return since.labelledWindows >= rollout.verifyWindows && sampleSize >= monitoring.minimumLabels;
}

/** One metric of a list; where it is not in it, an estimate without a value that says so. */
export function metricOf(metrics: readonly MetricEstimate[], metric: MetricName): MetricEstimate {
  const missing = {
    metric,
    value: null,
    interval: null,
    sampleSize: 0,
    positives: 0,
    method: 'none',
    why: `${metricName(metric)} was not computed`,
  };
  return metrics.find((estimate) => estimate.metric === metric) ?? missing;
}
