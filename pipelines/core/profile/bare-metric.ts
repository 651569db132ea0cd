import type { Interval } from '../schema/interval.ts';
import type { MetricName } from '../schema/metric.ts';

/** A metric with its value, or the reason why it has none; whoever collects it adds the sample size. */
export interface BareMetric {
  readonly metric: MetricName;
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly method: string;
  readonly why: string | null;
}
