import { binRows } from '../profile/binning.ts';
import { unseenFrom } from '../profile/unseen-from.ts';
import type { Binning } from '../schema/reference-profile.ts';
import type { ColumnProfile } from '../schema/window-profile.ts';
import { chanceDivergence, jensenShannonDistance } from '../statistics/distances/jensen-shannon.ts';
import { lInfinity } from '../statistics/distances/l-infinity.ts';
import { populationStabilityIndex } from '../statistics/distances/population-stability-index.ts';
import { homogeneityOfMerged } from '../statistics/hypotheses/homogeneity-test.ts';
import { mergeSmallClasses, type PairedCounts } from '../statistics/hypotheses/merge-small-classes.ts';
import { driftEvidence } from '../statistics/sequential/drift-evidence.ts';
import type { WindowDispersion } from '../statistics/sequential/window-dispersion.ts';

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
  /** Rows by class on both sides, nothing merged. */
  readonly counts: PairedCounts;
  /** The class whose share changed most: its positions among the labels of `binCounts`, and its shares. */
  readonly mover: { readonly classes: readonly number[]; readonly before: number; readonly after: number } | null;
}

/**
 * Distance and p value of a column over the classes frozen with the reference. Classes with an expected count below 5 are merged first, for
 * both figures. The test is the G test with the correction of Williams; Fisher's exact test where two classes are left and one is still too rare.
 * Throws a RangeError when a side has no rows or the kinds differ.
 */
export function measureDrift(pair: DriftPair, rule: DriftRule): DriftMeasure {
  const counts = countsOf(pair);
  const merged = mergeSmallClasses(counts);
  const measure = { ...driftEffect(merged, rule), ...homogeneityOfMerged(merged), classes: merged.groups.length, counts };
  if (merged.groups.length < 2) return { ...measure, mover: null };
  const largest = lInfinity(merged.reference, merged.current);
  const mover = {
    classes: merged.groups[largest.index] ?? [],
    before: (merged.reference[largest.index] ?? 0) / total(merged.reference),
    after: (merged.current[largest.index] ?? 0) / total(merged.current),
  };
  return { ...measure, mover };
}

/**
 * The e-value of a column for the evidence of its model (see `driftEvidence` of the statistics), held against how windows of the reference differ among
 * themselves where the reference knows it. null: too few rows on either side.
 */
export function weighPair(
  { binning }: Pick<DriftPair, 'binning'>,
  counts: PairedCounts,
  dispersion: WindowDispersion | undefined,
): number | null {
  const ordered = binning.kind === 'numeric' ? binning.edges.length + 1 : 0;
  return driftEvidence({ ...counts, ordered, ...(dispersion === undefined ? {} : { dispersion }) })?.eValue ?? null;
}

function countsOf(pair: DriftPair): PairedCounts {
  const { reference, current, binning } = pair;
  return { reference: binRows(reference, binning), current: binRows(current, binning, newFrom(pair)) };
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
  const { effect, limit } = driftEffect({ reference, current }, { method, effectFloor: 0 });
  return method === 'populationStabilityIndex' ? Math.max(0, effect - limit) : Math.sqrt(Math.max(0, effect ** 2 - limit ** 2));
}

/**
 * The distance that a rule names, and the limit from which on it tells of a drift of at least the floor: raised by what chance gives at these rows and classes.
 * Throws a RangeError when a side has no rows. O(classes).
 */
export function driftEffect({ reference, current }: PairedCounts, { method, effectFloor }: DriftRule): { effect: number; limit: number } {
  if (method === 'populationStabilityIndex') {
    const { value, nullExpectation } = populationStabilityIndex(reference, current);
    return { effect: value, limit: effectFloor + nullExpectation };
  }
  const chance = chanceDivergence({ classes: reference.length, reference: total(reference), current: total(current) });
  return { effect: jensenShannonDistance(reference, current), limit: Math.sqrt(effectFloor ** 2 + chance) };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
