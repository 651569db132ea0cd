/** A system of linear equations whose matrix is symmetric and positive definite, known only by what it does to a vector. */
export interface LinearSystem {
  /** Writes matrix · vector into the second argument. */
  readonly apply: (vector: Float64Array, product: Float64Array) => void;
  readonly right: Float64Array;
  /** Diagonal of the matrix: scales the unknowns, so that large and small ones are found alike. */
  readonly diagonal: Float64Array;
  /** Stop when the residual is this small beside the right side. */
  readonly tolerance: number;
  readonly maximumSteps: number;
}

/**
 * The solution of a system that is too large to be written down, by conjugate gradients with a diagonal preconditioner.
 *
 * Source: Hestenes and Stiefel 1952; Golub and Van Loan, Matrix Computations, algorithm 11.5.1
 * (https://en.wikipedia.org/wiki/Conjugate_gradient_method). Deterministic. One product with the matrix a step.
 *
 * @example conjugateGradient({ apply: (x, y) => { y[0] = 2 * x[0]; }, right: Float64Array.of(6), diagonal: Float64Array.of(2), tolerance: 1e-9, maximumSteps: 5 }); // => Float64Array.of(3)
 */
export function conjugateGradient({ apply, right, diagonal, tolerance, maximumSteps }: LinearSystem): Float64Array {
  const size = right.length;
  const solution = new Float64Array(size);
  const residual = Float64Array.from(right);
  const scaled = residual.map((entry, index) => entry / (diagonal[index] ?? 1));
  const direction = Float64Array.from(scaled);
  const product = new Float64Array(size);
  const smallest = tolerance * Math.sqrt(dot(right, right));
  let progress = dot(residual, scaled);
  for (let step = 0; step < maximumSteps && Math.sqrt(dot(residual, residual)) > smallest; step += 1) {
    apply(direction, product);
    const length = progress / dot(direction, product);
    for (let index = 0; index < size; index += 1) {
      solution[index] = (solution[index] ?? 0) + length * (direction[index] ?? 0);
      residual[index] = (residual[index] ?? 0) - length * (product[index] ?? 0);
      scaled[index] = (residual[index] ?? 0) / (diagonal[index] ?? 1);
    }
    const next = dot(residual, scaled);
    const share = next / progress;
    progress = next;
    for (let index = 0; index < size; index += 1) direction[index] = (scaled[index] ?? 0) + share * (direction[index] ?? 0);
  }
  return solution;
}

function dot(first: Float64Array, second: Float64Array): number {
  let total = 0;
  for (let index = 0; index < first.length; index += 1) total += (first[index] ?? 0) * (second[index] ?? 0);
  return total;
}
