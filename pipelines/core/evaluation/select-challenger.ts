import type { Contender } from '../schema/evaluation-report.ts';
import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';

/** The challenger with the best value of the metric that production is watched by; the first of equals; one without a value comes last. */
export function selectChallenger(
  challengers: readonly Contender[],
  metric: MetricName,
): { readonly name: string; readonly because: string } {
  const sign = HIGHER_IS_BETTER[metric] ? 1 : -1;
  const ranked = challengers
    .map(({ name, metrics }) => ({ name, value: metrics.find((estimate) => estimate.metric === metric)?.value ?? null }))
    .sort((a, b) => sign * ((b.value ?? -sign * Number.MAX_VALUE) - (a.value ?? -sign * Number.MAX_VALUE)));
  const [best, ...others] = ranked;
  if (best === undefined) throw new RangeError('selectChallenger requires at least one challenger');
  const phrase = (each: (typeof ranked)[number]) => `${each.name} ${each.value === null ? 'no value' : each.value.toFixed(4)}`;
  if (others.length === 0) return { name: best.name, because: `The only challenger (${metric}: ${phrase(best)}).` };
  return { name: best.name, because: `Best ${metric} on the held-out rows: ${ranked.map(phrase).join(', ')}.` };
}
