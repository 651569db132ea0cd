import { normalUpperTail } from '../distributions/normal-upper-tail.ts';

/** Whether values have moved up or down, from counts over ordered classes. */
export interface RankTest {
  /** Probability that a row of the window lies above a row of the reference, ties counted half: 0.5 for no move. */
  readonly superiority: number;
  /** Standard normal without drift; positive when values moved up. */
  readonly statistic: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * Wilcoxon-Mann-Whitney test over ordered classes: all rows of a class share one midrank.
 *
 * Formula: (U − ½NM) over its standard deviation with the correction for ties, no continuity correction (Lehmann 1975, Nonparametrics, section 1.4; equal to
 * `scipy.stats.mannwhitneyu(method='asymptotic', use_continuity=False)`). One degree of freedom, so it finds a shift of a tenth of a standard deviation with
 * about half the rows that a test over ten classes needs; blind to changes of spread alone. Needs independent rows and some 10 on each side.
 * Every row in one class: p is 1. Throws a RangeError when the numbers of classes differ or a sample is empty. O(classes).
 *
 * @example binnedRankTest([1, 1, 0], [0, 1, 1]).superiority; // => 0.875
 */
export function binnedRankTest(reference: readonly number[], current: readonly number[]): RankTest {
  if (reference.length !== current.length) throw new RangeError('both samples require the same classes');
  const before = total(reference);
  const after = total(current);
  if (!(before > 0) || !(after > 0)) throw new RangeError('both samples require at least one row');
  let below = 0;
  let wins = 0;
  let ties = 0;
  for (const [index, first] of reference.entries()) {
    const second = current[index] ?? 0;
    wins += second * (below + first / 2);
    below += first;
    ties += (first + second) ** 3 - (first + second);
  }
  const rows = before + after;
  const superiority = wins / (before * after);
  const variance = (rows + 1 - ties / (rows * (rows - 1))) / (12 * before * after);
  const statistic = variance > 0 ? (superiority - 0.5) / Math.sqrt(variance) : 0;
  return { superiority, statistic, pValue: Math.min(1, 2 * normalUpperTail(Math.abs(statistic))) };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
