import { midranks } from '../distances/midranks.ts';

/** Critical values of the standardised statistic by level for two samples are b₀ + b₁ + b₂: Scholz and Stephens 1987, table 2, one degree of freedom. */
const CRITICAL: readonly (readonly [level: number, value: number])[] = [
  [0.25, 0.675 - 0.245 - 0.105],
  [0.1, 1.281 + 0.25 - 0.305],
  [0.05, 1.645 + 0.678 - 0.362],
  [0.025, 1.96 + 1.149 - 0.391],
  [0.01, 2.326 + 1.822 - 0.396],
  [0.005, 2.573 + 2.364 - 0.345],
  [0.001, 3.085 + 3.615 - 0.154],
];

const FEWEST_ROWS = 4;

/** The statistic with mean 0 and variance 1 when nothing has drifted, and its p value. */
export interface AndersonDarlingTest {
  readonly statistic: number;
  /** Interpolated; cut to 0.001 and 0.25, the ends of the published table. */
  readonly pValue: number;
}

/**
 * Anderson-Darling test of two samples: the squared gap of their distribution functions with most weight on the tails.
 *
 * Midrank version for ties, p value by a quadratic in the logarithm through seven critical values (Scholz and Stephens 1987,
 * https://doi.org/10.1080/01621459.1987.10478517). For reports: the p value has no digits outside 0.001 … 0.25. Throws a RangeError on an empty
 * sample, NaN, fewer than four rows in all (the variance then has no value), or when all values are equal. O(n log n).
 *
 * @example andersonDarling([1, 2, 3, 4], [1, 2, 3, 4]).pValue; // => 0.25
 */
export function andersonDarling(first: ArrayLike<number>, second: ArrayLike<number>): AndersonDarlingTest {
  const { first: a, second: b, ties } = midranks(first, second);
  if (ties.length < 2) throw new RangeError('andersonDarling requires two different values');
  const rows = a.length + b.length;
  if (rows < FEWEST_ROWS) throw new RangeError(`andersonDarling requires ${FEWEST_ROWS} rows`);
  const observed = ((rows - 1) / rows) * (weightedGaps(a, ties) + weightedGaps(b, ties));
  const statistic = (observed - 1) / Math.sqrt(nullVariance(a.length, b.length));
  return { statistic, pValue: pValueOf(statistic) };
}

/** Beyond the table the quadratic turns back, so that the ends hold there. */
function pValueOf(statistic: number): number {
  const [first, last] = [CRITICAL[0], CRITICAL.at(-1)];
  if (first !== undefined && statistic <= first[1]) return first[0];
  if (last !== undefined && statistic >= last[1]) return last[0];
  return Math.min(0.25, Math.max(0.001, interpolated(statistic)));
}

/** One sample's term of the statistic: squared gaps between its own and the pooled distribution at each level, weighted for the tails. */
function weightedGaps(ranks: readonly number[], ties: readonly number[]): number {
  const rows = ties.reduce((sum, count) => sum + count, 0);
  let [sum, below, seen] = [0, 0, 0];
  for (const count of ties) {
    const rank = below + (count + 1) / 2;
    let here = 0;
    while (seen + here < ranks.length && ranks[seen + here] === rank) here += 1;
    const [pooled, own] = [below + count / 2, seen + here / 2];
    sum += ((count / rows) * (rows * own - ranks.length * pooled) ** 2) / (pooled * (rows - pooled) - (rows * count) / 4);
    below += count;
    seen += here;
  }
  return sum / ranks.length;
}

/** Variance of the statistic of two samples without drift (their equation 4). */
function nullVariance(n: number, m: number): number {
  const rows = n + m;
  const [sizes, samples] = [1 / n + 1 / m, 2];
  let [harmonic, nested] = [0, 0];
  for (let i = rows - 1; i >= 1; i -= 1) {
    // Σ over i < j of 1 / ((rows − i) · j): the inner sum has run over j already.
    if (i < rows - 1) nested += harmonic / (rows - i);
    harmonic += 1 / i;
  }
  const a = (4 * nested - 6) * (samples - 1) + (10 - 6 * nested) * sizes;
  const b =
    (2 * nested - 4) * samples ** 2 + 8 * harmonic * samples + (2 * nested - 14 * harmonic - 4) * sizes - 8 * harmonic + 4 * nested - 6;
  const c =
    (6 * harmonic + 2 * nested - 2) * samples ** 2 + (4 * harmonic - 4 * nested + 6) * samples + (2 * harmonic - 6) * sizes + 4 * harmonic;
  const d = (2 * harmonic + 6) * samples ** 2 - 4 * harmonic * samples;
  return (a * rows ** 3 + b * rows ** 2 + c * rows + d) / ((rows - 1) * (rows - 2) * (rows - 3));
}

/** exp of the least-squares quadratic of ln(level) on the critical values, at a value. */
function interpolated(at: number): number {
  const power = (exponent: number) => CRITICAL.reduce((sum, [, value]) => sum + value ** exponent, 0);
  const moment = (exponent: number) => CRITICAL.reduce((sum, [level, value]) => sum + value ** exponent * Math.log(level), 0);
  const [s0, s1, s2, s3, s4] = [power(0), power(1), power(2), power(3), power(4)];
  const [t0, t1, t2] = [moment(0), moment(1), moment(2)];
  const solve = (column: number, matrix: number[][]) =>
    determinant(matrix.map((row, index) => row.map((cell, place) => (place === column ? ([t0, t1, t2][index] ?? 0) : cell))));
  const normal = [
    [s0, s1, s2],
    [s1, s2, s3],
    [s2, s3, s4],
  ];
  const [c0, c1, c2] = [0, 1, 2].map((column) => solve(column, normal) / determinant(normal));
  return Math.exp((c0 ?? 0) + (c1 ?? 0) * at + (c2 ?? 0) * at ** 2);
}

function determinant(matrix: readonly (readonly number[])[]): number {
  const [[a = 0, b = 0, c = 0] = [], [d = 0, e = 0, f = 0] = [], [g = 0, h = 0, i = 0] = []] = matrix;
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}
