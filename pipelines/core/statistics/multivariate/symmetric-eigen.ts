const MAXIMUM_SWEEPS = 60;

/** Eigenvalues in falling order, with the unit eigenvector of each. */
export interface EigenPairs {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix, for principal components.
 *
 * Method: cyclic Jacobi rotations, the small-angle root of Golub and Van Loan, Matrix Computations, section 8.5
 * (https://en.wikipedia.org/wiki/Jacobi_eigenvalue_algorithm). Slow for hundreds of columns, but accurate and the same on every machine.
 * The sign of a vector is free: its largest entry (the first of equals) is made positive. Only the upper triangle is read. O(columns³) a
 * sweep, some ten sweeps.
 *
 * @example symmetricEigen([[2, 1], [1, 2]]).values; // => [3, 1]
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): EigenPairs {
  const size = matrix.length;
  const work = matrix.map((row, i) => Float64Array.from({ length: size }, (_, j) => (j >= i ? row[j] : matrix[j]?.[i]) ?? Number.NaN));
  const vectors = matrix.map((_, i) => Float64Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS && offDiagonal(work) > 0; sweep += 1) {
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) rotate(work, vectors, [p, q]);
  }
  const order = work.map((_, index) => index).sort((a, b) => (work[b]?.[b] ?? 0) - (work[a]?.[a] ?? 0) || a - b);
  return {
    values: order.map((index) => work[index]?.[index] ?? 0),
    vectors: order.map((index) => withSign(vectors[index] ?? new Float64Array(0))),
  };
}

/** Largest entry off the diagonal that still matters beside its two diagonal entries. */
function offDiagonal(work: readonly Float64Array[]): number {
  let largest = 0;
  for (const [i, row] of work.entries()) {
    for (let j = i + 1; j < row.length; j += 1) {
      const entry = Math.abs(row[j] ?? 0);
      const scale = Math.sqrt(Math.abs((row[i] ?? 0) * (work[j]?.[j] ?? 0)));
      if (entry > 1e-16 * scale) largest = Math.max(largest, entry);
    }
  }
  return largest;
}

/** Zeroes the entry at (p, q) in place, and turns rows p and q of the vectors alike. */
function rotate(work: readonly Float64Array[], vectors: readonly Float64Array[], [p, q]: readonly [number, number]): void {
  const [rowP, rowQ] = [work[p], work[q]];
  if (rowP === undefined || rowQ === undefined) return;
  const entry = rowP[q] ?? 0;
  if (entry === 0) return;
  const theta = ((rowQ[q] ?? 0) - (rowP[p] ?? 0)) / (2 * entry);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const diagonal = [(rowP[p] ?? 0) - tangent * entry, (rowQ[q] ?? 0) + tangent * entry];
  for (const row of work) turn(row, row, { from: p, to: q, cosine, sine });
  for (let column = 0; column < rowP.length; column += 1) turn(rowP, rowQ, { from: column, to: column, cosine, sine });
  const [vectorP, vectorQ] = [vectors[p], vectors[q]];
  if (vectorP === undefined || vectorQ === undefined) return;
  for (let column = 0; column < vectorP.length; column += 1) turn(vectorP, vectorQ, { from: column, to: column, cosine, sine });
  rowP[p] = diagonal[0] ?? 0;
  rowQ[q] = diagonal[1] ?? 0;
  rowP[q] = 0;
  rowQ[p] = 0;
}

function turn(
  first: Float64Array,
  second: Float64Array,
  { from, to, cosine, sine }: { readonly from: number; readonly to: number; readonly cosine: number; readonly sine: number },
): void {
  const [a, b] = [first[from] ?? 0, second[to] ?? 0];
  first[from] = cosine * a - sine * b;
  second[to] = sine * a + cosine * b;
}

function withSign(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const entry of vector) if (Math.abs(entry) > Math.abs(largest) * (1 + 1e-9)) largest = entry;
  return largest < 0 ? vector.map((entry) => -entry) : vector;
}
