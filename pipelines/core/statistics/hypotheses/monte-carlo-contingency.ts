import { chiSquareTest } from './chi-square-test.ts';
import type { PairedCounts } from './merge-small-classes.ts';

/** How many shuffles, and where their randomness comes from: a generator of numbers in [0, 1). */
export interface Shuffles {
  readonly replicates: number;
  readonly random: () => number;
}

/**
 * p value of the chi-square statistic of two samples by shuffling rows between them, for tables too thin for the chi-square distribution.
 *
 * In words: pool the rows, deal them out again at the same sizes, count how often the statistic is at least as large; (k + 1) / (n + 1), since the
 * observed table is one of the possible ones (Phipson and Smyth 2010, https://doi.org/10.2202/1544-6115.1585). The same generator gives the
 * same p value. Assumes exchangeable rows. O(replicates · rows of the smaller sample): not for large ones.
 *
 * @example monteCarloContingency({ reference: [3, 0], current: [3, 0] }, { replicates: 9, random: () => 0 }); // => 1
 */
export function monteCarloContingency(counts: PairedCounts, shuffles: Shuffles): number {
  const observed = chiSquareTest(counts.reference, counts.current).statistic;
  const pool = counts.reference.flatMap((count, index) => new Array<number>(count + (counts.current[index] ?? 0)).fill(index));
  const referenceRows = total(counts.reference);
  const drawn = Math.min(referenceRows, total(counts.current));
  const pooled = counts.reference.map((count, index) => count + (counts.current[index] ?? 0));
  let atLeast = 0;
  for (let replicate = 0; replicate < shuffles.replicates; replicate += 1) {
    const sample = new Array<number>(pooled.length).fill(0);
    for (let row = 0; row < drawn; row += 1) {
      const other = row + Math.floor(shuffles.random() * (pool.length - row));
      const picked = pool[other] ?? 0;
      pool[other] = pool[row] ?? 0;
      pool[row] = picked;
      sample[picked] = (sample[picked] ?? 0) + 1;
    }
    const rest = pooled.map((count, index) => count - (sample[index] ?? 0));
    // Equal tables can differ in the last bit of their statistic.
    if (chiSquareTest(sample, rest).statistic >= observed * (1 - 1e-12)) atLeast += 1;
  }
  return (atLeast + 1) / (shuffles.replicates + 1);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
