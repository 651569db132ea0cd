import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';
import type { PromisedChange } from '../schema/promised-change.ts';
import type { ReferenceProfile } from '../schema/reference-profile.ts';
import { changeSequence } from '../statistics/sequential/change-sequence.ts';
import type { NoisyFigure } from '../statistics/sequential/lasting-drop.ts';
import { roundSum } from './round-sum.ts';

const ALPHA = 0.05;

type Promised = Pick<ReferenceProfile, 'figures' | 'promise'>;

/** What each window of a reference gave of a metric; a reference that was not kept by window counts as one window with what it promised. */
export function promisedFigures({ figures, promise }: Promised, metric: MetricName): number[] {
  const kept = figures?.metric === metric ? figures.windows.flatMap(([, , value]) => value ?? []) : [];
  if (kept.length > 0) return kept;
  return promise.flatMap((each) => (each.metric === metric && each.value !== null ? [each.value] : []));
}

/** How far windows lie from what was promised, with an interval that may be looked at every run (`changeSequence`); null where nothing can be said. */
export function promisedChange(reference: Promised, metric: MetricName, windows: readonly NoisyFigure[]): PromisedChange | null {
  const found = changeSequence({ reference: promisedFigures(reference, metric), windows }, ALPHA);
  if (found === null) return null;
  const { interval } = found;
  const bounds = interval === null ? null : { ...interval, lower: roundSum(interval.lower), upper: roundSum(interval.upper) };
  return { ...found, metric, change: roundSum(found.change), interval: bounds };
}

/** Whether all that the windows leave possible is worse than what is tolerated; null where they say nothing yet. */
export function isHarmSure({ metric, interval }: PromisedChange, toleratedDrop: number): boolean | null {
  if (interval === null) return null;
  return HIGHER_IS_BETTER[metric] ? interval.upper < -toleratedDrop : interval.lower > toleratedDrop;
}
