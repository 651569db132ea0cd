import { chiSquareUpperTail } from '../distributions/chi-square-upper-tail.ts';
import type { ContingencyTest } from './contingency.ts';
import { williamsGStatistic } from './williams-g-statistic.ts';

/**
 * G test of homogeneity with Williams' correction: as `gTest`, and right where classes have few rows, too.
 *
 * Formula: G / q with q = 1 + (n(1/N + 1/M) − 1) · (n · Σ 1/nₖ − 1) / (6 · n · (classes − 1)) for sample sizes N and M, class totals nₖ and n rows in all (Williams
 * 1976, https://doi.org/10.1093/biomet/63.1.33). The plain statistic is a little too large: with 100 classes of 10 expected rows it rejects
 * 7 % at 5 %. Independent rows, expected counts of 5: merge first (`mergeSmallClasses`). O(classes).
 *
 * @example williamsGTest([10, 10, 10], [20, 20, 20]).pValue; // => 1
 */
export function williamsGTest(reference: readonly number[], current: readonly number[]): ContingencyTest {
  const found = williamsGStatistic(reference, current);
  return { ...found, pValue: found.degreesOfFreedom < 1 ? 1 : chiSquareUpperTail(found.statistic, found.degreesOfFreedom) };
}
