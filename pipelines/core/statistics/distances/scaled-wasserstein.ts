import { type WeightedValue, weightedMoments } from '../intervals/weighted-moments.ts';
import { wasserstein } from './wasserstein.ts';

/** Least deviation that a distance is divided by, so that a constant reference does not blow it up (as Evidently does). */
const LEAST_DEVIATION = 0.001;
/** Quartile range of a normal distribution in standard deviations. */
const NORMAL_QUARTILES = 1.349;
const TAIL = 0.001;

/** How far a column has moved on average, in the unit of the column and in spreads of the reference. None is bounded: for reports only. */
export interface ScaledWasserstein {
  /** In the unit of the column. */
  readonly distance: number;
  /** Distance over the standard deviation (n) of the reference, at least 0.001: the figure that Evidently calls normed. */
  readonly byDeviation: number;
  /** Distance over the quartile range of the reference / 1.349; null when the quartiles coincide. */
  readonly byQuartiles: number | null;
  /** As `byQuartiles`, both samples first cut to the range that holds 99.8 % of the reference: one far value cannot make it. */
  readonly winsorised: number | null;
  /** Share of the current rows outside that range; above 0.1 % `winsorised` is the figure to read. */
  readonly outside: number;
}

/**
 * Wasserstein-1 distance in robust and in ordinary units of spread.
 *
 * Dividing by a spread of the reference makes columns comparable and does away with their units: any a + b·x gives the same scaled figures as x, up to
 * the floor of 0.001. Method and limits as `wasserstein`; winsorising bounds what one far row does to the width of the range over the rows
 * (https://en.wikipedia.org/wiki/Winsorizing). Throws a RangeError on an empty sample or NaN. O(n log n).
 *
 * @example scaledWasserstein([{ value: 0, weight: 1 }, { value: 2, weight: 1 }], [{ value: 1, weight: 1 }, { value: 3, weight: 1 }]).byDeviation; // => 1
 */
export function scaledWasserstein(reference: readonly WeightedValue[], current: readonly WeightedValue[]): ScaledWasserstein {
  const distance = wasserstein(reference, current);
  const sorted = [...reference].sort((a, b) => a.value - b.value);
  const [low, first, third, high] = [TAIL, 0.25, 0.75, 1 - TAIL].map((q) => weightedQuantile(sorted, q)) as [
    number,
    number,
    number,
    number,
  ];
  const spread = (third - first) / NORMAL_QUARTILES;
  const cut = (values: readonly WeightedValue[]) =>
    values.map(({ value, weight }) => ({ value: Math.min(high, Math.max(low, value)), weight }));
  const moments = weightedMoments(reference);
  const deviation = moments === null ? 0 : Math.sqrt((moments.variance * (moments.rows - 1)) / moments.rows);
  return {
    distance,
    byDeviation: distance / Math.max(deviation, LEAST_DEVIATION),
    byQuartiles: spread > 0 ? distance / spread : null,
    winsorised: spread > 0 ? wasserstein(cut(reference), cut(current)) / spread : null,
    outside: rows(current.filter(({ value }) => value < low || value > high)) / rows(current),
  };
}

/** The smallest value at or below which at least a share q of the rows lies. */
function weightedQuantile(sorted: readonly WeightedValue[], q: number): number {
  const target = q * rows(sorted);
  let below = 0;
  for (const { value, weight } of sorted) {
    below += weight;
    if (below >= target) return value;
  }
  return sorted.at(-1)?.value ?? Number.NaN;
}

function rows(values: readonly WeightedValue[]): number {
  return values.reduce((sum, { weight }) => sum + weight, 0);
}
