import { fisherExact } from './fisher-exact.ts';
import { type MergedCounts, mergeSmallClasses, type PairedCounts } from './merge-small-classes.ts';
import { williamsGTest } from './williams-g-test.ts';

const SMALLEST_EXPECTED = 5;

/** p value that two samples have the same shares, and the test that gave it. */
export interface HomogeneityTest {
  readonly pValue: number;
  readonly test: string;
}

/**
 * Do two samples have the same shares over the same classes? Chooses the test that is sound at these counts.
 *
 * In words: classes with an expected count below 5 are merged (`mergeSmallClasses`), then the G test with Williams' correction; Fisher's exact test where
 * two classes are left and one still expects fewer than 5. Weighted counts need not be whole. Assumes independent rows. O(classes · log(classes)).
 *
 * @example homogeneityTest({ reference: [50, 50], current: [5, 5] }).pValue; // => 1
 */
export function homogeneityTest(counts: PairedCounts): HomogeneityTest {
  return homogeneityOfMerged(mergeSmallClasses(counts, SMALLEST_EXPECTED));
}

/** `homogeneityTest` of counts that are merged already, for those who read the merged classes too. */
export function homogeneityOfMerged(merged: MergedCounts): HomogeneityTest {
  if (merged.groups.length < 2) return { pValue: 1, test: 'one class: nothing to test' };
  const [a = 0, b = 0] = merged.reference;
  const [c = 0, d = 0] = merged.current;
  const smallest = (Math.min(a + c, b + d) * Math.min(a + b, c + d)) / (a + b + c + d);
  if (merged.groups.length === 2 && smallest < SMALLEST_EXPECTED) {
    // The exact test is of whole rows.
    const whole = { first: [Math.round(a), Math.round(b)], second: [Math.round(c), Math.round(d)] } as const;
    return { pValue: fisherExact(whole), test: "Fisher's exact test" };
  }
  return { pValue: williamsGTest(merged.reference, merged.current).pValue, test: 'G test' };
}
