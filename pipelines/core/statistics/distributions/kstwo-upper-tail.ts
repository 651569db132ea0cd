import { durbinDistribution } from './durbin-distribution.ts';
import { pelzGoodDistribution } from './pelz-good-distribution.ts';
import { smirnovUpperTail } from './smirnov-upper-tail.ts';

const EXACT_ROWS = 140;
// Both one-sided events together are rarer than e^(−6·n·d²) of one of them: 4e-11 and 3e-7 beyond these values of n·d².
const TAIL_START_EXACT = 4;
const TAIL_START_SERIES = 2.5;

/**
 * The distribution of Kolmogorov's two-sided statistic for n rows: probability that D >= d.
 *
 * Chooses the method as Simard and L'Ecuyer 2011 (https://doi.org/10.18637/jss.v039.i11) advise: twice the exact one-sided tail far out, Durbin's matrix for
 * up to 140 rows, the series of Pelz and Good for more; within 1e-6 of the exact p value. For two samples take n = N·M/(N + M), rounded. Ties make it conservative.
 *
 * @example kstwoUpperTail(0.2, 5).toFixed(4); // => '0.9616'
 */
export function kstwoUpperTail(d: number, n: number): number {
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  const few = n <= EXACT_ROWS;
  const tailStart = few ? TAIL_START_EXACT : TAIL_START_SERIES;
  if (d >= 0.5 || n * d * d >= tailStart) return Math.min(1, 2 * smirnovUpperTail(d, n));
  const below = few ? durbinDistribution(d, n) : pelzGoodDistribution(d, n);
  return Math.min(1, Math.max(0, 1 - below));
}
