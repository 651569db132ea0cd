import { phraseCount, phraseNumber } from '../phrase-number.ts';
import type { ValueView } from '../value-view.ts';
import type { VolumeView } from '../volume-view.ts';
import { describeChart, endLabelOf } from './chart-words.ts';
import type { LineChartSource } from './line-chart.ts';

const PER = 1000;

/** Value of 1,000 predictions over time, against what the serving version promised. */
export function valueChart(view: ValueView, windowSeconds: number): LineChartSource {
  const points = view.points.map(({ at, value, lower, upper }) => ({
    at,
    value: scaled(value),
    lower: scaled(lower),
    upper: scaled(upper),
  }));
  const pendingFrom = view.labelsUntil;
  const endLabel = endLabelOf({ points, pendingFrom }, (value) => phraseNumber(value, 0));
  return { points, windowSeconds, levels: [], changes: [], pendingFrom, zeroBased: false, endLabel };
}

export function describeValue(view: ValueView): string {
  const promised = view.promisedPerPrediction;
  const level = promised === null ? null : { value: promised * PER, name: 'promise of the version that serves', badWhen: 'below' as const };
  const points = view.points.map(({ at, value }) => ({ at, value: scaled(value) }));
  return describeChart({
    name: `value of ${phraseCount(PER)} predictions in ${view.currency ?? 'units'}`,
    digits: 0,
    points,
    level,
    pendingFrom: view.labelsUntil,
  });
}

/** Predictions a window, from 0. */
export function volumeChart(view: VolumeView, windowSeconds: number): LineChartSource {
  const points = view.points.map(({ at, rows }) => ({ at, value: rows, lower: null, upper: null }));
  const latest = points.at(-1)?.value ?? null;
  const endLabel = latest === null ? '' : phraseCount(latest);
  return { points, windowSeconds, levels: [], changes: [], pendingFrom: null, zeroBased: true, endLabel };
}

export function describeVolume(view: VolumeView): string {
  return describeChart({
    name: 'predictions a window',
    digits: 0,
    points: view.points.map(({ at, rows }) => ({ at, value: rows })),
    level: null,
  });
}

function scaled(value: number | null): number | null {
  return value === null ? null : value * PER;
}
