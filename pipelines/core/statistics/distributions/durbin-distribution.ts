type Matrix = readonly Float64Array[];

const RESCALE_ABOVE = 1e140;

/**
 * The exact distribution of Kolmogorov's two-sided statistic for n rows: probability that D < d.
 *
 * In words: Durbin's matrix, raised to the n-th power, its middle element times n!/n^n (Marsaglia, Tsang and Wang 2003,
 * https://doi.org/10.18637/jss.v008.i18). Exact to about 13 digits of the probability; its complement is good while it is not tiny. Cost
 * O((n·d)³ · log n): for n up to a few hundred.
 *
 * @example durbinDistribution(0.2, 5).toFixed(4); // => '0.0384'
 */
export function durbinDistribution(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const power = matrixPower(durbinMatrix(k, k - n * d), n);
  let value = power.matrix[k - 1]?.[k - 1] ?? 0;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i += 1) {
    value = (value * i) / n;
    if (value < 1 / RESCALE_ABOVE) {
      value *= RESCALE_ABOVE;
      exponent -= 1;
    }
  }
  return size === 0 ? 0 : value * RESCALE_ABOVE ** exponent;
}

function durbinMatrix(k: number, h: number): Matrix {
  const size = 2 * k - 1;
  const matrix = Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (__, j) => (i - j + 1 < 0 ? 0 : 1)));
  for (let i = 0; i < size; i += 1) {
    add(matrix, i, 0, -(h ** (i + 1)));
    add(matrix, size - 1, i, -(h ** (size - i)));
  }
  add(matrix, size - 1, 0, 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0);
  return matrix.map((row, i) => row.map((value, j) => (i - j + 1 > 0 ? value / factorial(i - j + 1) : value)));
}

function add(matrix: Matrix, i: number, j: number, amount: number): void {
  const row = matrix[i];
  if (row !== undefined) row[j] = (row[j] ?? 0) + amount;
}

function factorial(n: number): number {
  let product = 1;
  for (let factor = 2; factor <= n; factor += 1) product *= factor;
  return product;
}

interface ScaledMatrix {
  readonly matrix: Matrix;
  /** How often the matrix was divided by RESCALE_ABOVE. */
  readonly exponent: number;
}

function matrixPower(matrix: Matrix, n: number): ScaledMatrix {
  if (n === 1) return { matrix, exponent: 0 };
  const half = matrixPower(matrix, Math.floor(n / 2));
  const square = product(half.matrix, half.matrix);
  const full = n % 2 === 0 ? square : product(square, matrix);
  const middle = full[(full.length - 1) / 2]?.[(full.length - 1) / 2] ?? 0;
  if (middle <= RESCALE_ABOVE) return { matrix: full, exponent: 2 * half.exponent };
  return { matrix: full.map((row) => row.map((value) => value / RESCALE_ABOVE)), exponent: 2 * half.exponent + 1 };
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => {
    const sums = new Float64Array(row.length);
    for (const [k, factor] of row.entries()) {
      const other = b[k];
      if (other === undefined || factor === 0) continue;
      for (let j = 0; j < sums.length; j += 1) sums[j] = (sums[j] ?? 0) + factor * (other[j] ?? 0);
    }
    return sums;
  });
}
