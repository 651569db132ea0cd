/** The statistic of a G test, before its tail probability. */
export interface GStatistic {
  /** Twice the logarithm of the likelihood ratio. */
  readonly statistic: number;
  /** Classes that hold a row, less one. */
  readonly degreesOfFreedom: number;
}

/**
 * The statistic behind `gTest` and `williamsGTest`, for those that know better tails than chi-square's (`driftEvidence`) or need none.
 *
 * Formula: 2 · Σ O · ln(O/E) over both samples; classes that are empty in both are left out. Sums go class by class, the reference first.
 * Throws a RangeError when the numbers of classes differ or a sample is empty. O(classes).
 *
 * @example gStatistic([10, 10, 10], [20, 20, 20]).degreesOfFreedom; // => 2
 */
export function gStatistic(reference: readonly number[], current: readonly number[]): GStatistic {
  if (reference.length !== current.length) throw new RangeError('both samples require the same classes');
  const [first, second] = [total(reference), total(current)];
  if (!(first > 0) || !(second > 0)) throw new RangeError('both samples require at least one row');
  let statistic = 0;
  let classes = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const [before, now] = [reference[index] ?? 0, current[index] ?? 0];
    const share = (before + now) / (first + second);
    if (share === 0) continue;
    classes += 1;
    if (before !== 0) statistic += 2 * before * Math.log(before / (share * first));
    if (now !== 0) statistic += 2 * now * Math.log(now / (share * second));
  }
  return { statistic: Math.max(0, statistic), degreesOfFreedom: classes - 1 };
}

function total(counts: readonly number[]): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
