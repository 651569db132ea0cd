/** Rows with few entries other than zero (compressed by row): the entries of row i stand at starts[i] … starts[i + 1] − 1. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Uint32Array;
  /** Column of each entry. */
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** The entries of one row: columns and values of equal length. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/**
 * Packs rows.
 *
 * @example packSparseRows([{ indices: [2], values: [0.5] }, { indices: [], values: [] }], 3).starts; // => Uint32Array.of(0, 1, 1)
 */
export function packSparseRows(rows: readonly SparseRow[], columns: number): SparseRows {
  const starts = new Uint32Array(rows.length + 1);
  for (const [row, { indices }] of rows.entries()) starts[row + 1] = (starts[row] ?? 0) + indices.length;
  const entries = starts[rows.length] ?? 0;
  const packed = { rows: rows.length, columns, starts, indices: new Uint32Array(entries), values: new Float64Array(entries) };
  for (const [row, { indices, values }] of rows.entries()) {
    packed.indices.set(Array.from(indices), starts[row]);
    packed.values.set(Array.from(values), starts[row]);
  }
  return packed;
}

/** The weighted sum of one row's entries. */
export function weighRow(rows: SparseRows, row: number, weights: Float64Array): number {
  const { starts, indices, values } = rows;
  const end = starts[row + 1] ?? 0;
  let total = 0;
  for (let entry = starts[row] ?? 0; entry < end; entry += 1) total += (values[entry] ?? 0) * (weights[indices[entry] ?? 0] ?? 0);
  return total;
}
