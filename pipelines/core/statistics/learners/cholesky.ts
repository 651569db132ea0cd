/**
 * The solution of a system of linear equations whose matrix is symmetric and positive definite, by Cholesky factors.
 *
 * `matrix`: size x size, row by row; only its lower triangle is read. Source: Golub and Van Loan, Matrix Computations, algorithm 4.2.2
 * (https://en.wikipedia.org/wiki/Cholesky_decomposition). null when the matrix is not positive definite in 64 bits. O(size³ / 3).
 *
 * @example solvePositiveDefinite(Float64Array.of(4, 2, 2, 5), Float64Array.of(8, 12)); // => Float64Array.of(1, 2)
 */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const size = right.length;
  const factor = factorOf(matrix, size);
  if (factor === null) return null;
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    let sum = solution[row] ?? 0;
    for (let column = 0; column < row; column += 1) sum -= (factor[row * size + column] ?? 0) * (solution[column] ?? 0);
    solution[row] = sum / (factor[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = solution[row] ?? 0;
    for (let below = row + 1; below < size; below += 1) sum -= (factor[below * size + row] ?? 0) * (solution[below] ?? 0);
    solution[row] = sum / (factor[row * size + row] ?? 1);
  }
  return solution;
}

/** The lower triangle whose product with its transpose is the matrix. */
function factorOf(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = matrix[row * size + column] ?? 0;
      for (let before = 0; before < column; before += 1) {
        sum -= (factor[row * size + before] ?? 0) * (factor[column * size + before] ?? 0);
      }
      if (row !== column) factor[row * size + column] = sum / (factor[column * size + column] ?? 1);
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else return null;
    }
  }
  return factor;
}
