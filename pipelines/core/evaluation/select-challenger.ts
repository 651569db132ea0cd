import type { Contender, PairedComparison } from '../schema/evaluation-report.ts';
import { HIGHER_IS_BETTER, type MetricName } from '../schema/metric.ts';
import { metricDigits, metricName } from '../schema/phrase-metric.ts';
import { phraseNumber } from '../schema/phrase-number.ts';

export interface Candidates {
  readonly challengers: readonly Contender[];
  /** Against the champion; none for a first version. */
  readonly comparisons: readonly PairedComparison[];
  /** The metric that production is watched by. */
  readonly metric: MetricName;
}

interface Ranked {
  readonly name: string;
  /** Higher is better; null comes last. */
  readonly merit: number | null;
  readonly words: string;
}

/**
 * The challenger that goes to the gate: the one whose gain on the champion is surest (highest lower bound of the paired interval), because that is what the gate asks
 * for, and the best point estimate of several is often merely the noisiest. Without a champion the one with the best metric. The first of equals.
 */
export function selectChallenger({ challengers, comparisons, metric }: Candidates): { readonly name: string; readonly because: string } {
  const isFirstVersion = comparisons.length === 0;
  const ranked = challengers
    .map(({ name, metrics }): Ranked => {
      if (!isFirstVersion) return byGain(name, find(comparisons, name, metric));
      return byValue(name, metric, metrics.find((estimate) => estimate.metric === metric)?.value ?? null);
    })
    .sort((a, b) => (b.merit ?? -Number.MAX_VALUE) - (a.merit ?? -Number.MAX_VALUE));
  const [best] = ranked;
  if (best === undefined) throw new RangeError('selectChallenger requires at least one challenger');
  const each = ranked.map(({ words }) => words).join(', ');
  if (ranked.length === 1) return { name: best.name, because: `The only challenger (${metricName(metric)}: ${each}).` };
  const rule = isFirstVersion
    ? `Best ${metricName(metric)} on the held-out rows`
    : `Surest gain in ${metricName(metric)} on the champion (lower bound)`;
  return { name: best.name, because: `${rule}: ${each}.` };
}

function find(comparisons: readonly PairedComparison[], name: string, metric: MetricName): PairedComparison | undefined {
  return comparisons.find((each) => each.challenger === name && each.metric === metric);
}

function byGain(name: string, comparison: PairedComparison | undefined): Ranked {
  const lower = comparison?.interval?.lower ?? null;
  return { name, merit: lower, words: `${name} ${lower === null ? 'no interval' : phraseNumber(lower, 4)}` };
}

function byValue(name: string, metric: MetricName, value: number | null): Ranked {
  const merit = value === null ? null : value * (HIGHER_IS_BETTER[metric] ? 1 : -1);
  return { name, merit, words: `${name} ${value === null ? 'no value' : phraseNumber(value, metricDigits(metric, value))}` };
}
