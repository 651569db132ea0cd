import { solveIncreasing } from '../distributions/solve-increasing.ts';

const MOST_DOUBLINGS = 60;

/**
 * The sum at which a mixture supermartingale reaches ln(1/alpha): a boundary that the sum ever crosses with probability at most alpha.
 *
 * Doubling, then bisection. `largest`: the largest sum that can occur; it is the bound when even that is no evidence (Howard et al. 2021,
 * https://arxiv.org/abs/1810.08240). The logarithm must grow with the sum. Throws a RangeError when it never reaches the level. O(200) evaluations.
 *
 * No command uses it: alarms come from e-values (`restlessEvidence`, `lastingDrop`). It is kept, checked against confseq, as a rule to compare those
 * with.
 *
 * @example mixtureBound((sum) => sum - 1, { alpha: Math.exp(-2), start: 1 }); // => 3
 */
export function mixtureBound(
  logMixture: (sum: number) => number,
  { alpha, start, largest }: { alpha: number; start: number; largest?: number },
): number {
  const target = -Math.log(alpha);
  if (largest !== undefined)
    return logMixture(largest) < target ? largest : solveIncreasing({ of: logMixture, target, lower: 0, upper: largest });
  let upper = start;
  for (let step = 0; step < MOST_DOUBLINGS; step += 1) {
    if (logMixture(upper) > target) return solveIncreasing({ of: logMixture, target, lower: 0, upper });
    upper *= 2;
  }
  throw new RangeError('mixtureBound requires a mixture that grows with the sum');
}
