import type { SparseRows } from './sparse-rows.ts';

/**
 * What to multiply columns by so that rare ones weigh more before a penalty that is the same for all: inverse document frequencies, brought
 * to a mean squared entry of 1, which is that of a one-hot column.
 *
 * ln((1 + rows) / (1 + rows with the column)) + 1, the smoothed form of scikit-learn's TfidfTransformer after Spärck Jones 1972
 * (https://doi.org/10.1108/eb026526). Only the columns of the ranges are scaled, each range by itself; all others keep 1. Weights learnt on
 * scaled columns, multiplied by the scales, serve unscaled ones. O(entries).
 */
export function rarityScales(
  design: SparseRows,
  ranges: readonly { readonly from: number; readonly to: number }[],
): Float64Array<ArrayBuffer> {
  const { rows, columns, indices, values } = design;
  const counts = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (const [entry, column] of indices.entries()) {
    counts[column] = (counts[column] ?? 0) + 1;
    squares[column] = (squares[column] ?? 0) + (values === null ? 1 : (values[entry] ?? 0) ** 2);
  }
  const scales = new Float64Array(columns).fill(1);
  for (const { from, to } of ranges) {
    let entries = 0;
    let total = 0;
    for (let column = from; column < to; column += 1) {
      const rarity = Math.log((1 + rows) / (1 + (counts[column] ?? 0))) + 1;
      scales[column] = rarity;
      entries += counts[column] ?? 0;
      total += (squares[column] ?? 0) * rarity * rarity;
    }
    const level = total > 0 ? Math.sqrt(entries / total) : 1;
    for (let column = from; column < to; column += 1) scales[column] = (scales[column] ?? 1) * level;
  }
  return scales;
}
