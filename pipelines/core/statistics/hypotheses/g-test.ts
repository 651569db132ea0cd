import { type ContingencyTest, contingencyCells, contingencyTest } from './contingency.ts';

/**
 * G test (likelihood ratio) of homogeneity: do two samples have the same shares over the same classes?
 *
 * Formula: 2 · Σ O · ln(O/E) over both samples, classes − 1 degrees of freedom (https://www.biostathandbook.com/gtestind.html). It is the test that
 * belongs to the Jensen-Shannon distance. Needs independent rows and expected counts of 5: merge first (`mergeSmallClasses`). O(classes).
 *
 * @example gTest([10, 10, 10], [20, 20, 20]).pValue; // => 1
 */
export function gTest(reference: readonly number[], current: readonly number[]): ContingencyTest {
  return contingencyTest(contingencyCells(reference, current), ({ observed, expected }) =>
    observed === 0 ? 0 : 2 * observed * Math.log(observed / expected),
  );
}
