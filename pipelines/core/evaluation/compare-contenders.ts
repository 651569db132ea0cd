import type { BusinessValue } from '../schema/business-value.ts';
import type { PairedComparison } from '../schema/evaluation-report.ts';
import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';
import type { Task } from '../schema/task.ts';
import { pairedBootstrap, type ResampledMeasure } from '../statistics/intervals/paired-bootstrap.ts';
import { resampledMetric, whyNoInterval } from './resampled-metric.ts';
import { resamplingBlocks } from './resampling-blocks.ts';
import type { Answers } from './row-losses.ts';

export interface ComparisonRequest {
  /** Event time of each row, seconds since the epoch: rows of one day are drawn together. */
  readonly timestamps: Float64Array;
  /** Left out: binary. */
  readonly task?: Task | undefined;
  /** As a RowTable of the task holds them. */
  readonly labels: Float64Array;
  readonly champion: Answers;
  readonly challengers: readonly ({ readonly name: string } & Answers)[];
  readonly metrics: readonly MetricName[];
  readonly businessValue?: BusinessValue | undefined;
  readonly replicates: number;
  /** Confidence of each interval. */
  readonly level: number;
  readonly seed: number;
}

interface Pair {
  readonly challenger: string;
  readonly metric: MetricName;
  readonly measure: ResampledMeasure | null;
}

/**
 * Challenger − champion on the same rows, metric by metric, signed so that positive is better: the difference on all rows, and an interval from resamples
 * of days that both models share. A metric without a figure has null and says why.
 */
export function compareContenders(request: ComparisonRequest): PairedComparison[] {
  const { task, labels, metrics, businessValue, replicates, level, seed } = request;
  const blocks = resamplingBlocks(request.timestamps);
  const champions = new Map(
    metrics.map((metric) => [metric, resampledMetric(metric, { ...request.champion, task, labels, businessValue }, blocks)]),
  );
  const pairs = request.challengers.flatMap(({ name, ...answers }) =>
    metrics.map((metric): Pair => {
      const of = resampledMetric(metric, { ...answers, task, labels, businessValue }, blocks);
      return { challenger: name, metric, measure: improvement(metric, of, champions.get(metric) ?? null) };
    }),
  );
  const everyBlock = new Uint16Array(blocks.count).fill(1);
  const computable = pairs.map(({ measure }) => (measure === null || !Number.isFinite(measure(everyBlock)) ? null : measure));
  const measures = computable.filter((measure) => measure !== null);
  const intervals = measures.length === 0 ? [] : pairedBootstrap({ units: blocks.count, replicates, level, seed, measures });
  return pairs.map(({ challenger, metric, measure }, index) => {
    const found = computable[index] ?? null;
    const interval = found === null ? null : (intervals[measures.indexOf(found)] ?? null);
    return {
      challenger,
      metric,
      improvement: found === null ? null : found(everyBlock),
      interval: interval === null ? null : { lower: interval.lower, upper: interval.upper, level },
      replicates: interval?.replicates ?? 0,
      sampleSize: labels.length,
      method: `Paired bootstrap over ${blocks.words}, Student interval`,
      why: reason({ metric, hasMeasure: measure !== null, hasValue: found !== null, hasInterval: interval !== null }),
    };
  });
}

function improvement(metric: MetricName, challenger: ResampledMeasure | null, champion: ResampledMeasure | null): ResampledMeasure | null {
  if (challenger === null || champion === null) return null;
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  return (multiplicity) => sign * (challenger(multiplicity) - champion(multiplicity));
}

function reason(of: { metric: MetricName; hasMeasure: boolean; hasValue: boolean; hasInterval: boolean }): string | null {
  if (!of.hasMeasure) return whyNoInterval(of.metric);
  if (!of.hasValue) return 'The metric cannot be computed on these rows: a class is missing, or nothing was called positive.';
  return of.hasInterval ? null : 'The metric could not be computed in more than 5 % of the resamples.';
}
