import { phraseNumber } from '../phrase-number.ts';
import type { ServicePoint, ServiceView } from '../service-view.ts';
import { describeChart, endLabelOf } from './chart-words.ts';
import type { LineChartSource } from './line-chart.ts';

/** The slow end of the latency over time. */
export function latencyChart({ latency }: ServiceView, windowSeconds: number): LineChartSource {
  return source(latency, windowSeconds, (value) => phraseNumber(value, 1));
}

/** Failed predictions of a hundred, over time. */
export function errorChart({ errors }: ServiceView, windowSeconds: number): LineChartSource {
  return source(percentages(errors), windowSeconds, (value) => phraseNumber(value, 2));
}

export function describeLatency({ latency }: ServiceView): string {
  return describeChart({ name: '95 % quantile of the latency in ms', digits: 1, points: latency, level: null });
}

export function describeErrors({ errors }: ServiceView): string {
  return describeChart({ name: 'failed predictions in %', digits: 2, points: percentages(errors), level: null });
}

/** Shares as per cent. */
export function percentages(points: readonly ServicePoint[]): ServicePoint[] {
  const times = (value: number | null) => (value === null ? null : value * 100);
  return points.map((point) => ({ ...point, value: times(point.value), lower: times(point.lower), upper: times(point.upper) }));
}

function source(points: readonly ServicePoint[], windowSeconds: number, say: (value: number) => string): LineChartSource {
  const endLabel = endLabelOf({ points, pendingFrom: null }, say);
  return { points, windowSeconds, levels: [], changes: [], pendingFrom: null, zeroBased: true, endLabel };
}
