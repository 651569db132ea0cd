import { type Midranks, midranks } from '../distances/midranks.ts';
import { logGamma } from '../distributions/log-gamma.ts';

const SMALLEST_TERM = 1e-17;
const WITHOUT_TIES = 1 / 45;

/** T, and how often chance alone makes one as large. */
export interface CramerVonMisesTest {
  readonly statistic: number;
  /** From the limiting distribution. */
  readonly pValue: number;
}

/**
 * Cramér-von Mises test of two samples: the squared gap between their distribution functions, averaged over the pooled rows.
 *
 * T = n·m/(n + m)² · Σ (F − G)² over the pooled rows, p value from the limiting distribution (Anderson 1962, https://doi.org/10.1214/aoms/1177704477; its
 * series by Csörgő and Faraway 1996). Sees shifts in the middle better than Kolmogorov-Smirnov. Without ties T is that of the pooled and own ranks. With
 * ties it is not: the formula of ranks then finds two equal constants far apart (500 and 300 rows: T = 17.8). Ties keep the definition, and T is put on
 * the scale of the limit by the mean and variance that equal values leave it when rows change sides by chance, so that p
 * values come near those of shuffling (0.0111 for 0.0105 of three values in 70 rows, where ranks say 0.0053). O(n log n).
 *
 * @example cramerVonMises([1, 2, 3], [1, 2, 3]).pValue; // => 1
 */
export function cramerVonMises(first: ArrayLike<number>, second: ArrayLike<number>): CramerVonMisesTest {
  const ranks = midranks(first, second);
  const [n, m] = [first.length, second.length];
  const [rows, pairs] = [n + m, n * m];
  const { gaps, mean, spread } = moments(ranks, rows);
  const statistic = gaps / pairs;
  // Of one value, or one row a side, every deal of the rows gives the same T.
  if (spread === 0 || pairs === 1) return { statistic, pValue: 1 };
  const variance = (((rows + 1) * (4 * pairs * rows - 3 * (n ** 2 + m ** 2) - 2 * pairs)) / (rows ** 2 * 4 * pairs)) * spread;
  const standardised = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
  return { statistic, pValue: standardised < 0.003 ? 1 : Math.max(0, 1 - limitingDistribution(standardised)) };
}

interface TiedMoments {
  /** Over the pooled rows: the rows of the first sample up to here less their expected number, squared. */
  readonly gaps: number;
  /** Of the statistic, when rows change sides by chance. */
  readonly mean: number;
  /** Its variance in endless samples with ties like these: 2 ∫∫ (min(u, v) − u·v)², which is 1/45 without ties. */
  readonly spread: number;
}

/** What equal values make of the statistic. One pass over the distinct values. */
function moments({ first, ties }: Midranks, rows: number): TiedMoments {
  let [below, ofFirst, gaps, mean, spread, lower] = [0, 0, 0, 0, 0, 0];
  for (const tied of ties) {
    below += tied;
    // Ranks of rows up to here are at most `below`: own ranks count them.
    while (ofFirst < first.length && (first[ofFirst] ?? 0) <= below) ofFirst += 1;
    gaps += tied * (ofFirst - (below * first.length) / rows) ** 2;
    const [weight, place] = [tied / rows, below / rows];
    mean += (tied * place * (1 - place)) / (rows - 1);
    spread += 2 * (1 - place) ** 2 * weight * (2 * lower + weight * place ** 2);
    lower += weight * place ** 2;
  }
  return { gaps, mean, spread: ties.length === rows ? WITHOUT_TIES : spread };
}

/** Distribution function of the limiting Cramér-von Mises statistic: a series in the Bessel function K of order 1/4. */
function limitingDistribution(x: number): number {
  let total = 0;
  for (let k = 0; ; k += 1) {
    const y = 4 * k + 1;
    const q = y ** 2 / (16 * x);
    const scale = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = scale * Math.sqrt(y) * Math.exp(-2 * q) * scaledBessel(q);
    total += term;
    if (term < SMALLEST_TERM) return total;
  }
}

/** e^z · K₁⸝₄(z) = ∫ exp(−z(cosh t − 1)) · cosh(t/4) dt over t > 0; the trapezoidal rule converges exponentially for it. */
function scaledBessel(z: number): number {
  const step = 1 / 32;
  let sum = 0.5;
  for (let at = step; ; at += step) {
    const value = Math.exp(-z * (Math.cosh(at) - 1)) * Math.cosh(at / 4);
    sum += value;
    if (value < SMALLEST_TERM * sum) return sum * step;
  }
}
