import { HIGHER_IS_BETTER } from '../core/schema/metric.ts';
import type { BacktestResult, StrategySummary } from './backtest-result.ts';

/**
 * How much of what retraining by a timer brings over never retraining each contestant reaches, by its name: 1 is as much as the best timer.
 * null where nobody played `never` or a timer, or where no timer brings anything: a share of nothing tells nothing.
 */
export function gainShares(
  { metric }: Pick<BacktestResult, 'metric'>,
  summaries: readonly StrategySummary[],
): ReadonlyMap<string, number> | null {
  const never = summaries.find(({ strategy }) => strategy === 'never')?.meanMetric ?? null;
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  if (never === null) return null;
  const gains = summaries.flatMap(({ strategy, meanMetric }) =>
    meanMetric === null ? [] : [[strategy, sign * (meanMetric - never)] as const],
  );
  const best = Math.max(0, ...gains.filter(([strategy]) => /^always(-|$)/.test(strategy)).map(([, gain]) => gain));
  return best === 0 ? null : new Map(gains.map(([strategy, gain]) => [strategy, gain / best]));
}
