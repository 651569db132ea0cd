/** Classes that a reference fixes: numbers by ascending cuts (a class holds `cut <= x < next cut`, the outer ones are open), or values by name. */
export type FrozenClasses =
  | { readonly kind: 'ranges'; readonly cuts: readonly number[] }
  | {
      readonly kind: 'values';
      /** Values with a class of their own. */
      readonly own: readonly string[];
      /** Values that the reference held at all. */
      readonly known: ReadonlySet<string>;
      /** Whether `own` lies in the order of numbers. */
      readonly ordered: boolean;
    };

const CLASSES = 10;
const FEW_VALUES = 20;
/** Values above this share of the reference have a class of their own. */
const OWN_SHARE = 0.005;

/**
 * The classes of a column of numbers, from its reference values in ascending order: one a value up to 20 distinct ones, else cuts at the values nearest to the
 * deciles. Depends on the order of values only, so no unit and no outlier moves a cut. O(n).
 */
export function numberClasses(sorted: Float64Array): FrozenClasses {
  const levels = levelsOf(sorted);
  if (levels.length <= FEW_VALUES) {
    const own = levels.map(({ value }) => String(value));
    return { kind: 'values', own, known: new Set(own), ordered: true };
  }
  const cuts: number[] = [];
  let below = 0;
  let next = 1;
  for (const [index, { rows }] of levels.entries()) {
    const before = below;
    below += rows;
    while (next < CLASSES && below >= (next * sorted.length) / CLASSES) {
      const target = (next * sorted.length) / CLASSES;
      const cut = levels[index > 0 && target - before < below - target ? index : index + 1]?.value;
      if (cut !== undefined && cut !== cuts.at(-1)) cuts.push(cut);
      next += 1;
    }
  }
  return { kind: 'ranges', cuts };
}

/** The classes of a column of names: values above half a per cent of the reference, and of `fewestRows` at least, most frequent first. O(values · log(values)). */
export function valueClasses(counts: ReadonlyMap<string, number>, fewestRows: number): FrozenClasses {
  const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rows = all.reduce((sum, [, count]) => sum + count, 0);
  const own = all.filter(([, count]) => count > OWN_SHARE * rows && count >= fewestRows).map(([value]) => value);
  return { kind: 'values', own, known: new Set(counts.keys()), ordered: false };
}

/** Distinct values of an ascending sample with their rows. */
export function levelsOf(sorted: ArrayLike<number>): { value: number; rows: number }[] {
  const levels: { value: number; rows: number }[] = [];
  for (let row = 0; row < sorted.length; row += 1) {
    const value = sorted[row] ?? Number.NaN;
    const last = levels.at(-1);
    if (last !== undefined && last.value === value) last.rows += 1;
    else levels.push({ value, rows: 1 });
  }
  return levels;
}
