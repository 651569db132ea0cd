/** Rows with few entries other than zero (compressed by row): the entries of row i stand at starts[i] … starts[i + 1] − 1. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Uint32Array;
  /** Column of each entry. */
  readonly indices: Uint32Array;
  /** null where every entry is 1. */
  readonly values: Float64Array | Float32Array | null;
}

/** Rows whose entries all have a value. */
export interface ValuedRows extends SparseRows {
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
export function packSparseRows(rows: readonly SparseRow[], columns: number): ValuedRows {
  const starts = new Uint32Array(rows.length + 1);
  for (const [row, { indices }] of rows.entries()) starts[row + 1] = (starts[row] ?? 0) + indices.length;
  const entries = starts[rows.length] ?? 0;
  const packed = { indices: new Uint32Array(entries), values: new Float64Array(entries) };
  for (const [row, { indices, values }] of rows.entries()) {
    packed.indices.set(indices, starts[row]);
    packed.values.set(values, starts[row]);
  }
  return { rows: rows.length, columns, starts, ...packed };
}

/** The weighted sum of one row's entries. */
export function weighRow({ starts, indices, values }: SparseRows, row: number, weights: Float64Array): number {
  const end = starts[row + 1] ?? 0;
  let total = 0;
  let entry = starts[row] ?? 0;
  if (values === null) for (; entry < end; entry += 1) total += weights[indices[entry] ?? 0] ?? 0;
  else for (; entry < end; entry += 1) total += (values[entry] ?? 0) * (weights[indices[entry] ?? 0] ?? 0);
  return total;
}

/** Adds one row's entries, times a factor, in place. */
export function addRow(
  { starts, indices, values }: SparseRows,
  row: number,
  { sums, times }: { readonly sums: Float64Array; readonly times: number },
): void {
  const end = starts[row + 1] ?? 0;
  let entry = starts[row] ?? 0;
  // Two loops: to ask in every step whether there are values costs a third of the time of a fit.
  if (values === null) {
    for (; entry < end; entry += 1) {
      const column = indices[entry] ?? 0;
      sums[column] = (sums[column] ?? 0) + times;
    }
    return;
  }
  for (; entry < end; entry += 1) {
    const column = indices[entry] ?? 0;
    sums[column] = (sums[column] ?? 0) + times * (values[entry] ?? 0);
  }
}
