import type { VersionName } from '../schema/identifiers.ts';
import type { MetricEstimate } from '../schema/metric.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';
import type { ShadowComparison } from '../schema/shadow-comparison.ts';
import { compareContenders } from './compare-contenders.ts';
import { estimateMetrics } from './estimate-metrics.ts';
import type { Answers } from './row-losses.ts';

/** Two versions on the same labelled rows; all arrays have one entry a row. */
export interface ShadowScores {
  readonly definition: ModelDefinition;
  readonly previous: VersionName;
  /** Seconds since the epoch. */
  readonly timestamps: Float64Array;
  /** As a RowTable of the task holds them. */
  readonly labels: Float64Array;
  /** What the champion answered in production. */
  readonly championAnswers: Answers;
  /** What the previous version answers now. */
  readonly previousAnswers: Answers;
}

/**
 * The monitored metric of the previous version, and how much better the champion is on the same rows, with a paired bootstrap interval as
 * sure as the gate's (`gate.confidence`, `gate.bootstrapReplicates`; seeded by `training.seed`). Days are drawn, not rows, because rows
 * of one day hang together (one storm delays many flights).
 */
export function compareWithPrevious({
  definition,
  previous,
  timestamps,
  labels,
  championAnswers,
  previousAnswers,
}: ShadowScores): ShadowComparison {
  const { task, businessValue, gate, monitoring, training } = definition;
  const { metric } = monitoring.performance;
  const estimate = estimateMetrics({ ...previousAnswers, task, labels, businessValue }).find((each) => each.metric === metric);
  const [paired] = compareContenders({
    timestamps,
    labels,
    task,
    champion: previousAnswers,
    challengers: [{ name: 'champion', ...championAnswers }],
    metrics: [metric],
    businessValue,
    replicates: gate.bootstrapReplicates,
    level: gate.confidence,
    seed: training.seed,
  });
  if (paired === undefined) throw new RangeError('one champion and one metric give one comparison');
  const { improvement, interval, replicates, method, why } = paired;
  return {
    version: previous,
    estimate: estimate ?? notMeasured(definition, `${metric} was not computed`),
    improvement,
    interval,
    replicates,
    method,
    why,
  };
}

/** What stands where no comparison could be made, and why. */
export function withoutComparison(definition: ModelDefinition, previous: VersionName, why: string): ShadowComparison {
  return {
    version: previous,
    estimate: notMeasured(definition, why),
    improvement: null,
    interval: null,
    replicates: 0,
    method: 'none',
    why,
  };
}

function notMeasured({ monitoring }: ModelDefinition, why: string): MetricEstimate {
  return { metric: monitoring.performance.metric, value: null, interval: null, sampleSize: 0, positives: 0, method: 'none', why };
}
