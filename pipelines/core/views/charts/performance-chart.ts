import type { EstimateNow } from '../estimate-view.ts';
import type { PerformanceView } from '../performance-view.ts';
import { phraseInterval, phraseNumber } from '../phrase-number.ts';
import { describeChart, endLabelOf } from './chart-words.ts';
import type { LevelLine, LineChartSource } from './line-chart.ts';

/** The chart of the realised main metric, its estimate beside it: promise and floor of each version as steps, version changes as ticks, labels pending at the right. */
export function performanceChart(view: PerformanceView): LineChartSource {
  const levels = view.steps.flatMap(({ from, to, promised, floor, version }): LevelLine[] => {
    const value = promised?.value ?? null;
    if (value === null || floor === null) return [];
    return [
      { from, to, value, label: `${version} promised ${phraseNumber(value, view.digits)}`, meaning: 'promise' },
      { from, to, value: floor, label: `tolerated ${phraseNumber(floor, view.digits)}`, meaning: 'floor' },
    ];
  });
  return {
    points: view.points,
    beside: view.estimated.points,
    windowSeconds: view.windowSeconds,
    levels,
    changes: view.steps.slice(1).map((step) => ({ at: step.from, label: `${step.version} serves` })),
    pendingFrom: view.labelsUntil,
    zeroBased: false,
    endLabel: endLabelOf({ points: view.points, pendingFrom: view.labelsUntil }, (value) => phraseNumber(value, view.digits)),
  };
}

/** The same in words: the latest value is the one that the page calls the present one, of the newest window whose labels are due. */
export function describePerformance(view: PerformanceView): string {
  const floor = view.steps.at(-1)?.floor ?? null;
  const level =
    floor === null
      ? null
      : { value: floor, name: 'tolerated level', badWhen: view.higherIsBetter ? ('below' as const) : ('above' as const) };
  const realised = describeChart({
    name: `realised ${view.name}`,
    digits: view.digits,
    points: view.points,
    level,
    pendingFrom: view.labelsUntil,
  });
  return [realised, ...describeEstimate(view)].join(' ');
}

function describeEstimate({ estimated, name, digits }: PerformanceView): string[] {
  if (estimated.points.every(({ value }) => value === null)) return [];
  const { now } = estimated;
  const newest =
    now === null ? [] : [`The newest estimate without labels: ${name} ${phraseNumber(now.value, digits)}${bandOf(now, digits)}.`];
  return [...newest, estimated.record];
}

function bandOf({ interval }: EstimateNow, digits: number): string {
  return interval === null ? '' : ` (${phraseInterval(interval, digits)})`;
}
