import type { Interval } from '../schema/interval.ts';
import type { MetricEstimate } from '../schema/metric.ts';

/** Money lost a day while nothing is done. `perDay` is null when no loss can be shown; `why` says the reason or the figures behind. */
export interface WaitingCost {
  readonly perDay: number | null;
  readonly interval: Interval | null;
  readonly why: string;
}

/**
 * Cost of waiting a day = predictions a day x (promised − observed value per prediction).
 *
 * The interval treats promise and observation as independent normal estimates (they come from different rows), so their half-widths add
 * in quadrature; both need the same confidence level. When it reaches down to 0 the loss may be nothing, and no number is shown.
 * Not for values so skewed that a mean of thousands of rows is not near normal. Cost O(1).
 */
export function costOfWaiting(input: {
  readonly promised: MetricEstimate | null;
  readonly observed: MetricEstimate;
  readonly rowsPerDay: number;
  readonly currency: string;
}): WaitingCost {
  const { promised, observed, rowsPerDay, currency } = input;
  if (promised === null || promised.value === null || promised.interval === null)
    return nothing('The champion promised no value per prediction.');
  if (observed.value === null || observed.interval === null) return nothing(observed.why ?? 'The value per prediction has no interval.');
  const shortfall = promised.value - observed.value;
  const halfWidth = Math.hypot(halfWidthOf(promised.interval), halfWidthOf(observed.interval));
  const interval = {
    lower: rowsPerDay * (shortfall - halfWidth),
    upper: rowsPerDay * (shortfall + halfWidth),
    level: observed.interval.level,
  };
  const range = `${percent(interval.level)} interval ${interval.lower.toFixed(2)} to ${interval.upper.toFixed(2)} ${currency} a day`;
  const rows = `${observed.sampleSize} labelled rows, ${Math.round(rowsPerDay)} predictions a day`;
  if (interval.lower <= 0) return { perDay: null, interval, why: `No measurable cost of waiting: ${range} (${rows}).` };
  return { perDay: rowsPerDay * shortfall, interval, why: `Cost of waiting: ${range} (${rows}).` };
}

function nothing(reason: string): WaitingCost {
  return { perDay: null, interval: null, why: `Cost of waiting not shown: ${reason}` };
}

function halfWidthOf({ lower, upper }: Interval): number {
  return (upper - lower) / 2;
}

function percent(level: number): string {
  return `${Math.round(level * 100)} %`;
}
