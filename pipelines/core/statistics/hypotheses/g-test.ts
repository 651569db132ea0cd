import { chiSquareUpperTail } from '../distributions/chi-square-upper-tail.ts';
import type { ContingencyTest } from './contingency.ts';
import { gStatistic } from './g-statistic.ts';

/**
 * G test (likelihood ratio) of homogeneity: do two samples have the same shares over the same classes?
 *
 * Formula: 2 · Σ O · ln(O/E) over both samples, classes − 1 degrees of freedom (https://www.biostathandbook.com/gtestind.html). It is the test that
 * belongs to the Jensen-Shannon distance. Needs independent rows and expected counts of 5: merge first (`mergeSmallClasses`). O(classes).
 *
 * @example gTest([10, 10, 10], [20, 20, 20]).pValue; // => 1
 */
export function gTest(reference: readonly number[], current: readonly number[]): ContingencyTest {
  const found = gStatistic(reference, current);
  return { ...found, pValue: found.degreesOfFreedom < 1 ? 1 : chiSquareUpperTail(found.statistic, found.degreesOfFreedom) };
}
