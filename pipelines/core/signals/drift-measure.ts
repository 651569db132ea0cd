import { binCounts } from '../profile/binning.ts';
import { unseenFrom } from '../profile/unseen-from.ts';
import type { Binning } from '../schema/reference-profile.ts';
import type { ColumnProfile } from '../schema/window-profile.ts';
import { fisherExact } from '../statistics/fisher-exact.ts';
import { chanceDivergence, jensenShannonDistance } from '../statistics/jensen-shannon.ts';
import { lInfinity } from '../statistics/l-infinity.ts';
import { type MergedCounts, mergeSmallClasses } from '../statistics/merge-small-classes.ts';
import { populationStabilityIndex } from '../statistics/population-stability-index.ts';
import { williamsGTest } from '../statistics/williams-g-test.ts';

const SMALLEST_EXPECTED = 5;

/** How the effect is measured, and the smallest one that matters (monitoring.drift of the definition). */
export interface DriftRule {
  readonly method: 'jensenShannon' | 'populationStabilityIndex';
  readonly effectFloor: number;
}

/** One column in the reference and in a window. */
export interface DriftPair {
  readonly reference: ColumnProfile;
  readonly current: ColumnProfile;
  readonly binning: Binning;
  /** Fewest rows under which the reference names a value; unnamed values count as `unseen` when that cannot be the reason (see `unseenFrom`). */
  readonly rareBelow: number;
}

/** How far a column has moved, and whether chance explains it. */
export interface DriftMeasure {
  readonly effect: number;
  /**
   * The effect from which on a drift of at least the floor is there: the floor, raised by what chance gives at these rows and classes. Without
   * it many classes and few rows would reach any floor by themselves.
   */
  readonly limit: number;
  readonly pValue: number;
  readonly test: string;
  /** Classes left after the rare ones were merged. */
  readonly classes: number;
  /** The class whose share changed most: its positions among the labels of `binCounts`, and its shares. */
  readonly mover: { readonly classes: readonly number[]; readonly before: number; readonly after: number } | null;
}

/**
 * Distance and p value of a column over the classes frozen with the reference. Classes with an expected count below 5 are merged first, for
 * both figures. The test is the G test with the correction of Williams; Fisher's exact test where two classes are left and one is still too rare.
 * Throws a RangeError when a side has no rows or the kinds differ.
 */
export function measureDrift(pair: DriftPair, rule: DriftRule): DriftMeasure {
  const before = binCounts(pair.reference, pair.binning).counts;
  const after = binCounts(pair.current, pair.binning, newFrom(pair)).counts;
  const merged = mergeSmallClasses({ reference: before, current: after }, SMALLEST_EXPECTED);
  const distance = measured(merged, rule);
  if (merged.groups.length < 2) return { ...distance, pValue: 1, test: 'one class: nothing to test', classes: 1, mover: null };
  const largest = lInfinity(merged.reference, merged.current);
  const mover = {
    classes: merged.groups[largest.index] ?? [],
    before: (merged.reference[largest.index] ?? 0) / total(merged.reference),
    after: (merged.current[largest.index] ?? 0) / total(merged.current),
  };
  return { ...distance, ...evidence(merged), classes: merged.groups.length, mover };
}

function newFrom({ reference, current, rareBelow }: DriftPair): number {
  const foldedRows = reference.kind === 'categorical' ? reference.other : 0;
  return unseenFrom({ referenceRows: reference.rows, foldedRows, currentRows: current.rows, minimumCount: rareBelow });
}

/**
 * How far apart two mixes lie, beyond what chance gives: in the unit of the effect, 0 when chance explains it. null when a side has no rows.
 * Classes are merged nowhere, since an empty class is what a mix is asked about.
 */
export function mixDistance(reference: readonly number[], current: readonly number[], method: DriftRule['method']): number | null {
  if (total(reference) === 0 || total(current) === 0) return null;
  const { effect, limit } = measured({ reference, current }, { method, effectFloor: 0 });
  return method === 'populationStabilityIndex' ? Math.max(0, effect - limit) : Math.sqrt(Math.max(0, effect ** 2 - limit ** 2));
}

function measured(
  { reference, current }: Pick<MergedCounts, 'reference' | 'current'>,
  { method, effectFloor }: DriftRule,
): { effect: number; limit: number } {
  if (method === 'populationStabilityIndex') {
    const { value, nullExpectation } = populationStabilityIndex(reference, current);
    return { effect: value, limit: effectFloor + nullExpectation };
  }
  const chance = chanceDivergence({ classes: reference.length, reference: total(reference), current: total(current) });
  return { effect: jensenShannonDistance(reference, current), limit: Math.sqrt(effectFloor ** 2 + chance) };
}

function evidence(counts: MergedCounts): { pValue: number; test: string } {
  const [a = 0, b = 0] = counts.reference;
  const [c = 0, d = 0] = counts.current;
  const rows = a + b + c + d;
  const smallest = (Math.min(a + c, b + d) * Math.min(a + b, c + d)) / rows;
  if (counts.groups.length === 2 && smallest < SMALLEST_EXPECTED) {
    // Weighted counts are not whole; the exact test is of whole rows.
    return { pValue: fisherExact({ first: [a, b], second: [Math.round(c), Math.round(d)] }), test: "Fisher's exact test" };
  }
  return { pValue: williamsGTest(counts.reference, counts.current).pValue, test: 'G test' };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
