import { kstwoUpperTail } from '../distributions/kstwo-upper-tail.ts';
import { kolmogorovSmirnovExact } from './kolmogorov-smirnov-exact.ts';

const EXACT_ROWS = 10_000;

/** The largest gap between two empirical distribution functions, and how often chance alone makes one as large. */
export interface KolmogorovSmirnovTest {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Two-sample Kolmogorov-Smirnov test: were two samples of a number drawn from the same distribution?
 *
 * Statistic: sup |F − G|. p value: `exact` counts orders (default up to 10,000 rows each), `asymptotic` uses the one-sample
 * distribution at N·M/(N + M) rows (https://www.itl.nist.gov/div898/handbook/eda/section3/eda35g.htm). Assumes independent rows of a continuous
 * column; ties make p too large (cautious). With many rows it finds differences that do not matter: read D too. Throws a RangeError on an
 * empty sample or NaN. O(n log n), exact p O(N · M).
 *
 * @example kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6]).statistic; // => 0.5
 */
export function kolmogorovSmirnov(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  method: 'auto' | 'exact' | 'asymptotic' = 'auto',
): KolmogorovSmirnovTest {
  const a = sorted(first);
  const b = sorted(second);
  const statistic = largestGap(a, b);
  const exact = method === 'exact' || (method === 'auto' && Math.max(a.length, b.length) <= EXACT_ROWS);
  if (exact) return { statistic, pValue: kolmogorovSmirnovExact({ first: a.length, second: b.length, statistic }) };
  return { statistic, pValue: kstwoUpperTail(statistic, Math.max(1, Math.round((a.length * b.length) / (a.length + b.length)))) };
}

function sorted(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values).sort();
  // NaN sorts last.
  if (copy.length === 0 || Number.isNaN(copy[copy.length - 1])) throw new RangeError('kolmogorovSmirnov requires numbers in both samples');
  return copy;
}

function largestGap(a: Float64Array, b: Float64Array): number {
  let i = 0;
  let j = 0;
  let gap = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? 0, b[j] ?? 0);
    while (i < a.length && a[i] === value) i += 1;
    while (j < b.length && b[j] === value) j += 1;
    gap = Math.max(gap, Math.abs(i * b.length - j * a.length));
  }
  return gap / (a.length * b.length);
}
