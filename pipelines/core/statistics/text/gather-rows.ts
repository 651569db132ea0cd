import type { SparseRows } from './sparse-rows.ts';

/** Some rows of a design by themselves. */
export interface GatheredRows {
  /** Columns are numbered anew, without those in which no row has an entry; their order stays. */
  readonly design: SparseRows;
  /** The column of the whole design that each column was. */
  readonly columns: Uint32Array;
}

/**
 * The given rows, in their order, one behind the other in memory, without the columns in which none of them has an entry: a learner that
 * walks over rows and columns many times reads only what matters. Sums over entries or over columns keep their order, so that they keep
 * every bit. O(entries of the rows + columns).
 *
 * @example gatherRows({ rows: 2, columns: 9, starts: Uint32Array.of(0, 1, 2), indices: Uint32Array.of(3, 7), values: null }, [1]).columns; // => Uint32Array.of(7)
 */
export function gatherRows(whole: SparseRows, rows: ArrayLike<number>): GatheredRows {
  const starts = new Uint32Array(rows.length + 1);
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    starts[place + 1] = (starts[place] ?? 0) + (whole.starts[row + 1] ?? 0) - (whole.starts[row] ?? 0);
  }
  const entries = starts[rows.length] ?? 0;
  const indices = new Uint32Array(entries);
  const values = whole.values === null ? null : new Float64Array(entries);
  // Entry by entry: rows are short, and a view of each would cost more than to copy it.
  let filled = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    const end = whole.starts[row + 1] ?? 0;
    for (let entry = whole.starts[row] ?? 0; entry < end; entry += 1) {
      indices[filled] = whole.indices[entry] ?? 0;
      if (values !== null && whole.values !== null) values[filled] = whole.values[entry] ?? 0;
      filled += 1;
    }
  }
  const columns = renumber(indices, whole.columns);
  return { design: { rows: rows.length, columns: columns.length, starts, indices, values }, columns };
}

/** Numbers columns anew, in place, by their rank among those that occur; gives the columns that occur, ascending. */
function renumber(indices: Uint32Array, size: number): Uint32Array {
  const ranks = new Uint32Array(size);
  for (const column of indices) ranks[column] = 1;
  let count = 0;
  for (let column = 0; column < size; column += 1) if (ranks[column] === 1) ranks[column] = ++count;
  const columns = new Uint32Array(count);
  for (let column = 0; column < size; column += 1) {
    const rank = ranks[column] ?? 0;
    if (rank > 0) columns[rank - 1] = column;
  }
  for (let entry = 0; entry < indices.length; entry += 1) indices[entry] = (ranks[indices[entry] ?? 0] ?? 0) - 1;
  return columns;
}
