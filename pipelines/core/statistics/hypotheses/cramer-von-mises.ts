import { midranks } from '../distances/midranks.ts';
import { logGamma } from '../distributions/log-gamma.ts';

const SMALLEST_TERM = 1e-17;

/** T, and how often chance alone makes one as large. */
export interface CramerVonMisesTest {
  readonly statistic: number;
  /** From the limiting distribution. */
  readonly pValue: number;
}

/**
 * Cramér-von Mises test of two samples: the squared gap between their distribution functions, averaged over the pooled rows.
 *
 * T from the squared distances of pooled from own ranks, p value from the limiting distribution (Anderson 1962, https://doi.org/10.1214/aoms/1177704477; its
 * series by Csörgő and Faraway 1996). Sees shifts in the middle better than Kolmogorov-Smirnov. Ties make it approximate. O(n log n).
 *
 * @example cramerVonMises([1, 2, 3], [1, 2, 3]).pValue; // => 1
 */
export function cramerVonMises(first: ArrayLike<number>, second: ArrayLike<number>): CramerVonMisesTest {
  const ranks = midranks(first, second);
  const [n, m] = [first.length, second.length];
  const [rows, pairs] = [n + m, n * m];
  const squares = n * squaredGaps(ranks.first) + m * squaredGaps(ranks.second);
  const statistic = squares / (pairs * rows) - (4 * pairs - 1) / (6 * rows);
  const mean = (1 + 1 / rows) / 6;
  const variance = ((rows + 1) * (4 * pairs * rows - 3 * (n ** 2 + m ** 2) - 2 * pairs)) / (45 * rows ** 2 * 4 * pairs);
  const standardised = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
  return { statistic, pValue: standardised < 0.003 ? 1 : Math.max(0, 1 - limitingDistribution(standardised)) };
}

function squaredGaps(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank, index) => sum + (rank - index - 1) ** 2, 0);
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
