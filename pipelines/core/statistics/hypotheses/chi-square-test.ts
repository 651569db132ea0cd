import { type ContingencyTest, contingencyCells, contingencyTest } from './contingency.ts';

/**
 * Chi-square test of homogeneity: do two samples have the same shares over the same classes? Both count as samples.
 *
 * Formula: Σ (O − E)² / E over both samples, no continuity correction, classes − 1 degrees of freedom
 * (https://www.itl.nist.gov/div898/handbook/prc/section4/prc45.htm). Taking the reference as exact instead (goodness of fit) raises false alarms from
 * 5 % to a third or more. Needs independent rows and expected counts of 5: merge first (`mergeSmallClasses`). O(classes).
 *
 * @example chiSquareTest([10, 10, 10], [20, 20, 20]).pValue; // => 1
 */
export function chiSquareTest(reference: readonly number[], current: readonly number[]): ContingencyTest {
  return contingencyTest(contingencyCells(reference, current), ({ observed, expected }) => (observed - expected) ** 2 / expected);
}
