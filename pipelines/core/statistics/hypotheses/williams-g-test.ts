import { chiSquareUpperTail } from '../distributions/chi-square-upper-tail.ts';
import type { ContingencyTest } from './contingency.ts';
import { gTest } from './g-test.ts';

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
  const plain = gTest(reference, current);
  if (plain.degreesOfFreedom < 1) return plain;
  const [first, second] = [total(reference), total(current)];
  const rows = first + second;
  const classes = reference.map((count, index) => count + (current[index] ?? 0)).filter((count) => count > 0);
  const ofSamples = rows / first + rows / second - 1;
  const ofClasses = classes.reduce((sum, count) => sum + rows / count, 0) - 1;
  const statistic = plain.statistic / (1 + (ofSamples * ofClasses) / (6 * rows * plain.degreesOfFreedom));
  return { ...plain, statistic, pValue: chiSquareUpperTail(statistic, plain.degreesOfFreedom) };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
