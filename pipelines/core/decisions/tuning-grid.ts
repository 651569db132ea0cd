import { type Duration, durationSeconds } from '../schema/duration.ts';
import type { ModelDefinition } from '../schema/model-definition.ts';

/** One setting of one threshold: the name says what, the change where in model.yml. */
export interface TuningPoint {
  readonly path: string;
  readonly value: number | Duration;
}

const DAY_SECONDS = 86_400;

/**
 * The grid of `holdfast backtest --tune`: each threshold alone at half and at twice its present value (one window less and one more for
 * `openAfter`), and a maximum age of a quarter and of half a year. Thirteen points at most: a grid of all combinations would find more by chance than by merit.
 */
export function tuningGrid({ monitoring, retraining }: Pick<ModelDefinition, 'monitoring' | 'retraining'>): TuningPoint[] {
  const { performance, incident, drift } = monitoring;
  const ages: Duration[] = ['P91D', 'P182D'];
  return [
    ...aroundNumber('monitoring.performance.toleratedDrop', performance.toleratedDrop),
    ...[incident.openAfter - 1, incident.openAfter + 1]
      .filter((windows) => windows >= 1)
      .map((value) => ({ path: 'monitoring.incident.openAfter', value })),
    ...aroundDuration('retraining.cooldown', retraining.cooldown),
    ...ages.filter((age) => age !== retraining.maximumAge).map((value) => ({ path: 'retraining.maximumAge', value })),
    ...aroundNumber('monitoring.drift.effectFloor', drift.effectFloor),
  ];
}

function aroundNumber(path: string, value: number): TuningPoint[] {
  return value > 0 ? [value / 2, value * 2].map((each) => ({ path, value: Number(each.toPrecision(6)) })) : [];
}

function aroundDuration(path: string, value: Duration): TuningPoint[] {
  const days = durationSeconds(value) / DAY_SECONDS;
  const around = [Math.max(1, Math.round(days / 2)), Math.max(2, Math.round(days * 2))];
  return [...new Set(around)].filter((each) => each !== days).map((each) => ({ path, value: `P${each}D` }));
}
