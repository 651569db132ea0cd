import { addRow, type SparseRows, weighRow } from '../text/sparse-rows.ts';
import { solvePositiveDefinite } from './cholesky.ts';
import { conjugateGradient } from './conjugate-gradient.ts';

/** Up to this many columns the normal equations are written down and solved at once. */
const MOST_COLUMNS = 1024;
/** Least penalty, times rows: one-hot columns add up to the intercept, and without any penalty no one solution exists. */
const LEAST_PENALTY = 1e-9;
const TOLERANCE = 1e-10;
const MAXIMUM_STEPS = 1000;

/** A linear model of a number. */
export interface RidgeModel {
  readonly intercept: number;
  readonly weights: Float64Array;
}

export interface RidgeProblem {
  readonly design: SparseRows;
  /** Finite, one per row. */
  readonly targets: ArrayLike<number>;
  /** This times the squared length of the weights is added to the sum of squared errors; the intercept is free. */
  readonly penalty: number;
}

/**
 * Least squares with an L2 penalty, on sparse rows: the model of scikit-learn's Ridge with alpha = penalty.
 *
 * Source: Hoerl and Kennard 1970 (https://doi.org/10.1080/00401706.1970.10488634). Solves the normal equations, by Cholesky factors up to
 * 1,024 columns, else by conjugate gradients. Targets are centred first, so that a large mean costs no digits. Bring columns to one scale
 * before, since one penalty serves all. O(rows · entries² + columns³ / 3), or O(entries of all rows) a step.
 */
export function fitRidge({ design, targets, penalty }: RidgeProblem): RidgeModel {
  const { rows, columns } = design;
  let mean = 0;
  for (let row = 0; row < rows; row += 1) mean += (targets[row] ?? 0) / rows;
  const least = Math.max(penalty, LEAST_PENALTY * rows, Number.MIN_VALUE);
  const right = new Float64Array(columns + 1);
  for (let row = 0; row < rows; row += 1) addWithIntercept(design, row, { sums: right, times: (targets[row] ?? 0) - mean });
  const found = columns < MOST_COLUMNS ? solveAtOnce(design, right, least) : solveStepwise(design, right, least);
  return { intercept: mean + (found[columns] ?? 0), weights: found.subarray(0, columns) };
}

/** The value that a model gives one row of a design. */
export function ridgeValue(model: RidgeModel, design: SparseRows, row: number): number {
  return model.intercept + weighRow(design, row, model.weights);
}

/** Adds a row and, behind its columns, a one. */
function addWithIntercept(design: SparseRows, row: number, onto: { readonly sums: Float64Array; readonly times: number }): void {
  addRow(design, row, onto);
  onto.sums[design.columns] = (onto.sums[design.columns] ?? 0) + onto.times;
}

function solveAtOnce(design: SparseRows, right: Float64Array, penalty: number): Float64Array {
  const size = right.length;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < design.rows; row += 1) {
    const from = design.starts[row] ?? 0;
    const end = design.starts[row + 1] ?? 0;
    for (let entry = from; entry < end; entry += 1) {
      const line = (design.indices[entry] ?? 0) * size;
      addRow(design, row, { sums: matrix.subarray(line, line + size), times: valueAt(design, entry) });
    }
    addWithIntercept(design, row, { sums: matrix.subarray((size - 1) * size), times: 1 });
  }
  for (let column = 0; column < design.columns; column += 1) matrix[column * (size + 1)] = (matrix[column * (size + 1)] ?? 0) + penalty;
  const solution = solvePositiveDefinite(matrix, right);
  if (solution === null) throw new RangeError('fitRidge requires a finite design with at least one row');
  return solution;
}

function solveStepwise(design: SparseRows, right: Float64Array, penalty: number): Float64Array {
  const { columns, rows } = design;
  const diagonal = new Float64Array(columns + 1).fill(penalty);
  diagonal[columns] = rows;
  for (const [entry, column] of design.indices.entries()) diagonal[column] = (diagonal[column] ?? 0) + valueAt(design, entry) ** 2;
  function apply(vector: Float64Array, product: Float64Array): void {
    product.fill(0);
    for (let row = 0; row < rows; row += 1) {
      addWithIntercept(design, row, { sums: product, times: (vector[columns] ?? 0) + weighRow(design, row, vector) });
    }
    for (let column = 0; column < columns; column += 1) product[column] = (product[column] ?? 0) + penalty * (vector[column] ?? 0);
  }
  return conjugateGradient({ apply, right, diagonal, tolerance: TOLERANCE, maximumSteps: MAXIMUM_STEPS });
}

function valueAt({ values }: SparseRows, entry: number): number {
  return values === null ? 1 : (values[entry] ?? 0);
}
