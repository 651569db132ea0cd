import type { WeightedValue } from '../intervals/weighted-moments.ts';

/**
 * Wasserstein-1 (earth mover's) distance between two samples of a number: how far a row has to move on average to make them alike, in the unit of
 * the column.
 *
 * Formula: integral of |F − G| over the values (Villani 2003; https://en.wikipedia.org/wiki/Wasserstein_metric). Values may stand for several rows: a cell
 * of a profile with its mean and rows gives a figure within the mean spread inside cells of both samples. One far outlier dominates it: divide by
 * a robust scale, read it with a bounded distance. Throws a RangeError on an empty sample or NaN. O(n log n).
 *
 * @example wasserstein([{ value: 0, weight: 1 }], [{ value: 2, weight: 3 }]); // => 2
 */
export function wasserstein(first: readonly WeightedValue[], second: readonly WeightedValue[]): number {
  const ofFirst = 1 / rows(first);
  const ofSecond = -1 / rows(second);
  const steps = [
    ...first.map(({ value, weight }) => ({ value, step: weight * ofFirst })),
    ...second.map(({ value, weight }) => ({ value, step: weight * ofSecond })),
  ].sort((a, b) => a.value - b.value);
  let distance = 0;
  let difference = 0;
  let previous: number | null = null;
  for (const { value, step } of steps) {
    if (previous !== null) distance += Math.abs(difference) * (value - previous);
    difference += step;
    previous = value;
  }
  return distance;
}

function rows(values: readonly WeightedValue[]): number {
  let total = 0;
  for (const { value, weight } of values) {
    if (Number.isNaN(value)) throw new RangeError('wasserstein requires numbers in both samples');
    total += weight;
  }
  if (!(total > 0)) throw new RangeError('wasserstein requires at least one row in both samples');
  return total;
}
