import { columnQuantile } from '../profile/column-quantile.ts';
import { quantileInterval } from '../profile/quantile-interval.ts';
import type { Signal } from '../schema/signal.ts';
import { LATENCY_COLUMN } from '../schema/window-profile.ts';
import { alarmChance } from './alarm-chance.ts';
import { figure, rowsText } from './phrase-figures.ts';
import { signalOf, type WindowEvidence } from './signal-of.ts';

/**
 * A quantile of the logged latency against monitoring.latency.maximumMs, when the definition sets one. The interval is that of order statistics:
 * the quantiles at q ± 1.96 · sqrt(q(1 − q)/n). Alert when even the lower end of one that is as
 * sure as the false-alarm budget asks (see `alarmChance`) is too slow, warning when only the estimate is.
 */
export function latency(evidence: WindowEvidence): Signal[] {
  const { definition, profile, reference } = evidence;
  const limit = definition.monitoring.latency;
  if (limit === undefined) return [];
  const { quantile, maximumMs } = limit;
  const column = profile.columns[LATENCY_COLUMN];
  const grid = reference.grids[LATENCY_COLUMN];
  const sampleSize = column?.kind === 'numeric' ? column.cells.reduce((sum, [, rows]) => sum + rows, 0) : 0;
  const base = {
    kind: 'latency' as const,
    subject: LATENCY_COLUMN,
    method: `Quantile ${quantile} from 256 cells, order-statistic interval`,
    sampleSize,
    threshold: { operator: '>' as const, level: maximumMs, rule: 'monitoring.latency.maximumMs of model.yml' },
  };
  const none = (why: string) => [signalOf(evidence, { ...base, status: 'insufficient-data', why })];
  if (column?.kind !== 'numeric' || grid === undefined || grid.id !== column.grid)
    return none('The log or the reference holds no latency.');
  const least = definition.monitoring.minimumRows;
  if (sampleSize < least) return none(`${rowsText(sampleSize)} with a latency; at least ${figure(least)} are needed.`);
  const found = quantileInterval(column, grid, { quantile });
  const surely = quantileInterval(column, grid, { quantile, level: 1 - 2 * alarmChance(definition, 'fresh') });
  if (found === null || surely === null) return none('The window holds no latency.');
  const { value, interval } = found;
  const { lower, upper } = interval;
  const before = reference.profile.columns[LATENCY_COLUMN];
  return [
    signalOf(evidence, {
      ...base,
      value,
      reference: before?.kind === 'numeric' ? columnQuantile(before, grid, quantile) : null,
      interval,
      status: surely.interval.lower > maximumMs ? 'alert' : value > maximumMs ? 'warning' : 'ok',
      why: `${quantile * 100} % of the predictions took at most ${figure(value)} ms (${figure(lower)} to ${figure(upper)}); ${figure(maximumMs)} ms are allowed.`,
    }),
  ];
}
