import { shortKey } from '../digest/sha256.ts';
import type { Grid } from '../schema/window-profile.ts';

const CELLS = 256;
/** The learned range is widened by this share of its span, half on each side, so that small shifts stay on the grid. */
const WIDENED = 1.25;
/** A positive column is heavy-tailed when its range spans two decades and leans this many times more to the right than to the left. */
const LEAN = 4;
const DECADES = 100;
/** Whole numbers up to here have their halves among the doubles. */
const LARGEST_WHOLE = 2 ** 50;
const LARGEST = 1e300;
const SMALLEST = 1e-290;
const FINEST_SHARE = 2 ** -40;

/** The grid of every score: [0, 1] in 256 cells. */
export const SCORE_GRID: Grid = gridOf('identity', 0, 1 / CELLS);

/** What a grid is learned from: exact quantiles of the finite values of a column, in its unit. */
export interface ColumnQuantiles {
  readonly q001: number;
  readonly q999: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly median: number;
  /** Whether every value is a whole number. */
  readonly integerValued: boolean;
}

/**
 * A 256-cell grid over the 0.1 % to 99.9 % range of a column, widened by 25 %. Heavy-tailed positive columns are cut on ln(x), so that
 * their median does not drown in one cell; whole numbers lie on cell centres, never on edges. Values outside have tail cells.
 * Null for a column without a finite value gives the grid on [0, 1].
 */
export function gridFromQuantiles(quantiles: ColumnQuantiles | null): Grid {
  if (quantiles === null) return SCORE_GRID;
  if (isHeavyTailed(quantiles)) return gridOfRange('log', Math.log(quantiles.q001), Math.log(quantiles.q999));
  if (quantiles.integerValued && Math.max(Math.abs(quantiles.minimum), Math.abs(quantiles.maximum)) < LARGEST_WHOLE)
    return integerGrid(quantiles);
  const { q001, q999, minimum, maximum } = quantiles;
  if (q999 > q001) return gridOfRange('identity', q001, q999);
  if (maximum > minimum) return gridOfRange('identity', minimum, maximum);
  const half = Math.max(1, Math.abs(minimum)) / 2;
  return gridOfRange('identity', minimum - half, minimum + half);
}

function isHeavyTailed({ q001, q999, median, minimum }: ColumnQuantiles): boolean {
  return minimum > 0 && q999 > q001 * DECADES && q999 - median > LEAN * (median - q001);
}

function integerGrid({ q001, q999 }: ColumnQuantiles): Grid {
  const first = Math.floor(q001);
  const span = Math.ceil(q999) - first + 1;
  const width = Math.max(1, Math.ceil((span * WIDENED) / CELLS));
  const margin = Math.ceil((span * (WIDENED - 1)) / 2);
  return gridOf('identity', first - margin - 0.5, width);
}

function gridOfRange(transform: Grid['transform'], low: number, high: number): Grid {
  const [lower, upper] = [Math.max(low, -LARGEST), Math.min(high, LARGEST)];
  // Cells finer than doubles can tell apart would lose their rows.
  const finest = Math.max(SMALLEST, Math.abs(lower) * FINEST_SHARE, Math.abs(upper) * FINEST_SHARE);
  const span = Math.max(upper - lower, finest) * WIDENED;
  return gridOf(transform, lower + (upper - lower) / 2 - span / 2, span / CELLS);
}

function gridOf(transform: Grid['transform'], lower: number, width: number): Grid {
  const fields = { transform, lower, width, cells: CELLS } as const;
  return { id: shortKey(fields), ...fields };
}
