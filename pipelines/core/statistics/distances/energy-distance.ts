/**
 * Energy distance between two samples of a number: 0 for equal distributions, without an upper bound, in the square root of the column's unit.
 *
 * Formula: sqrt(2 · ∫ (F − G)²) (Székely and Rizzo 2013, https://doi.org/10.1016/j.jspi.2013.03.018). Far outliers move it, less than the Wasserstein
 * distance: only for reports. Throws a RangeError on an empty sample or NaN. O(n log n).
 *
 * @example energyDistance([0], [2]); // => 2
 */
export function energyDistance(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const steps = [...stepsOf(first, 1), ...stepsOf(second, -1)].sort((a, b) => a.value - b.value);
  let area = 0;
  let difference = 0;
  let previous: number | null = null;
  for (const { value, step } of steps) {
    if (previous !== null) area += difference ** 2 * (value - previous);
    difference += step;
    previous = value;
  }
  return Math.sqrt(2 * area);
}

function stepsOf(values: ArrayLike<number>, sign: 1 | -1): { value: number; step: number }[] {
  if (values.length === 0) throw new RangeError('energyDistance requires at least one row in both samples');
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) throw new RangeError('energyDistance requires numbers in both samples');
    return { value, step: sign / values.length };
  });
}
