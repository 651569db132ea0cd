import { symmetricEigen } from './symmetric-eigen.ts';

/** The main directions of standardised columns. */
export interface PrincipalComponents {
  readonly means: readonly number[];
  /** Standard deviation with n in the denominator; 1 for a constant column. */
  readonly scales: readonly number[];
  /** Unit vectors, one per component that was kept, the one of most variance first. */
  readonly axes: readonly Float64Array[];
  /** Share of the variance of every component, also of those that were not kept. */
  readonly varianceShares: readonly number[];
}

/**
 * Principal components of z-scored columns: as many as are needed to exceed a share of the variance.
 *
 * In words: subtract the mean, divide by the standard deviation (n in the denominator), find the eigenvectors of the covariance. The
 * number of components is that of scikit-learn for a share
 * (https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.PCA.html). Linear relations only. All columns of one length,
 * no NaN. O(rows · columns² + columns³).
 *
 * @example principalComponents([Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6)], 0.65).axes.length; // => 1
 */
export function principalComponents(columns: readonly Float64Array[], varianceShare: number): PrincipalComponents {
  const rows = columns[0]?.length ?? 0;
  if (rows === 0) throw new RangeError('principalComponents requires at least one row and one column');
  const means = columns.map((column) => sum(column) / rows);
  const scales = columns.map((column, index) => standardDeviation(column, means[index] ?? 0));
  const standardised = columns.map((column, index) => column.map((value) => (value - (means[index] ?? 0)) / (scales[index] ?? 1)));
  const covariance = standardised.map((first, i) => standardised.map((second, j) => (j < i ? 0 : product(first, second) / rows)));
  const { values, vectors } = symmetricEigen(covariance);
  const positive = values.map((value) => Math.max(0, value));
  const total = sum(positive);
  const varianceShares = positive.map((value) => (total === 0 ? 0 : value / total));
  return { means, scales, axes: vectors.slice(0, componentsFor(varianceShares, varianceShare)), varianceShares };
}

/**
 * Distance of each row from its projection on the components, in units of standard deviations (Euclidean). Small where the row keeps to
 * the relations between columns that the components describe. O(rows · columns · components).
 */
export function reconstructionErrors(components: PrincipalComponents, columns: readonly Float64Array[]): Float64Array {
  const { means, scales, axes } = components;
  const row = new Float64Array(columns.length);
  return Float64Array.from({ length: columns[0]?.length ?? 0 }, (_, position) => {
    for (const [index, column] of columns.entries()) row[index] = ((column[position] ?? 0) - (means[index] ?? 0)) / (scales[index] ?? 1);
    const rest = Float64Array.from(row);
    for (const axis of axes) {
      const score = product(axis, row);
      for (const [index, entry] of axis.entries()) rest[index] = (rest[index] ?? 0) - score * entry;
    }
    return Math.sqrt(product(rest, rest));
  });
}

/** The fewest components whose variance exceeds the share; all when rounding keeps the sum below it. */
function componentsFor(varianceShares: readonly number[], varianceShare: number): number {
  let covered = 0;
  for (const [index, share] of varianceShares.entries()) {
    covered += share;
    if (covered > varianceShare) return index + 1;
  }
  return varianceShares.length;
}

function standardDeviation(column: Float64Array, mean: number): number {
  let squares = 0;
  for (const value of column) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / column.length);
  // Rounding of the mean leaves a constant column a spread of up to rows · epsilon of it, the bound that scikit-learn uses too.
  return deviation <= column.length * Number.EPSILON * Math.abs(mean) ? 1 : deviation;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) total += values[index] ?? 0;
  return total;
}

function product(first: Float64Array, second: Float64Array): number {
  let total = 0;
  for (let index = 0; index < first.length; index += 1) total += (first[index] ?? 0) * (second[index] ?? 0);
  return total;
}
