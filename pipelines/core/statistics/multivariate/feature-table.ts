/**
 * Features of some rows, column by column. Numeric: NaN is missing. Categorical: a code ≥ 0 that means the same in every table that is
 * compared; −1 is missing.
 */
export interface FeatureTable {
  readonly rows: number;
  readonly numeric: readonly Float64Array[];
  readonly categorical: readonly Int32Array[];
}

/**
 * The rows of a table at some positions, in that order.
 *
 * @example takeRows({ rows: 2, numeric: [Float64Array.of(5, 7)], categorical: [] }, [1]).numeric[0]; // => Float64Array.of(7)
 */
export function takeRows(table: FeatureTable, positions: ArrayLike<number>): FeatureTable {
  const order = Array.from(positions);
  return {
    rows: order.length,
    numeric: table.numeric.map((column) => Float64Array.from(order, (row) => column[row] ?? Number.NaN)),
    categorical: table.categorical.map((column) => Int32Array.from(order, (row) => column[row] ?? -1)),
  };
}

/**
 * Two tables of the same columns, one below the other. Throws a RangeError when the columns differ in number.
 *
 * @example stackTables({ rows: 1, numeric: [], categorical: [Int32Array.of(3)] }, { rows: 1, numeric: [], categorical: [Int32Array.of(4)] }).categorical; // => [Int32Array.of(3, 4)]
 */
export function stackTables(first: FeatureTable, second: FeatureTable): FeatureTable {
  if (first.numeric.length !== second.numeric.length || first.categorical.length !== second.categorical.length) {
    throw new RangeError('both tables require the same columns');
  }
  return {
    rows: first.rows + second.rows,
    numeric: first.numeric.map((column, index) => Float64Array.from([...column, ...(second.numeric[index] ?? [])])),
    categorical: first.categorical.map((column, index) => Int32Array.from([...column, ...(second.categorical[index] ?? [])])),
  };
}
