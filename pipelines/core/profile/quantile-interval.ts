import type { Interval } from '../schema/interval.ts';
import type { Grid, NumericColumnProfile } from '../schema/window-profile.ts';
import { normalQuantile } from '../statistics/distributions/normal-quantile.ts';
import { columnQuantile } from './column-quantile.ts';

const LEVEL = 0.95;

/** A quantile with what is known of it. */
export interface QuantileEstimate {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * A quantile of a profiled column with the interval of order statistics: the quantiles at q ± z · √(q(1 − q)/n) (Conover 1999, Practical Nonparametric
 * Statistics, section 3.2). Rows count as independent. Off by one cell at most. null without values. O(cells).
 */
export function quantileInterval(
  column: NumericColumnProfile,
  grid: Grid,
  { quantile: q, level = LEVEL }: { readonly quantile: number; readonly level?: number },
): QuantileEstimate | null {
  const rows = column.cells.reduce((sum, [, count]) => sum + count, 0);
  if (rows === 0) return null;
  const half = normalQuantile(0.5 + level / 2) * Math.sqrt((q * (1 - q)) / rows);
  const [lower, value, upper] = [q - half, q, q + half].map((at) => columnQuantile(column, grid, at));
  if (lower == null || value == null || upper == null) return null;
  return { value, interval: { lower, upper, level } };
}
