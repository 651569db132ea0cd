import type { ColumnTerms, ComparedColumn } from './compared-table.ts';
import { type CountedClasses, countRanges, countValues } from './count-classes.ts';
import { type FrozenClasses, levelsOf, numberClasses, valueClasses } from './frozen-classes.ts';
import type { SortedPair } from './number-measures.ts';

/** Both sides of one column, counted; `numbers` are its ascending values (of a text: its lengths), null for categories. */
export interface CountedPair {
  readonly counted: CountedClasses;
  readonly numbers: SortedPair | null;
  readonly missing: { readonly reference: number; readonly current: number };
}

/** Counts both sides of a column by the classes of its reference: frozen ones, or those that its reference rows teach. O(n · log(n)). */
export function countedPair([reference, current]: readonly [ComparedColumn, ComparedColumn], terms: ColumnTerms): CountedPair {
  const [before, now] = [numbersOf(reference), numbersOf(current)];
  if (before === null || now === null) return countedNames([namesOf(reference), namesOf(current)], terms);
  const missing = { reference: before.missing, current: now.missing };
  const numbers = { reference: before.sorted, current: now.sorted };
  const classes = terms.frozen ?? numberClasses(before.sorted);
  const rules = { missing, fewestRows: terms.fewestRows, isPersonal: terms.isPersonal };
  const counted =
    classes.kind === 'ranges'
      ? countRanges(classes.cuts, [numbers.reference, numbers.current], rules)
      : countValues(classes, [levelCounts(numbers.reference), levelCounts(numbers.current)], { ...rules, fewestRows: 0 });
  return { counted, numbers, missing };
}

function countedNames([before, now]: readonly [NameCounts, NameCounts], { frozen, fewestRows, isPersonal }: ColumnTerms): CountedPair {
  const missing = { reference: before.missing, current: now.missing };
  const classes = frozen?.kind === 'values' ? frozen : asValues(valueClasses(before.counts, fewestRows));
  return { counted: countValues(classes, [before.counts, now.counts], { missing, fewestRows, isPersonal }), numbers: null, missing };
}

function asValues(classes: FrozenClasses): Extract<FrozenClasses, { kind: 'values' }> {
  return classes.kind === 'values' ? classes : { kind: 'values', own: [], known: new Set(), ordered: false };
}

interface NameCounts {
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
}

function namesOf(column: ComparedColumn): NameCounts {
  const counts = new Map<string, number>();
  if (column.kind === 'empty') return { counts, missing: column.rows };
  let missing = 0;
  for (const value of column.values) {
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) missing += 1;
    else counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return { counts, missing };
}

/** The largest number whose square a double holds with room for a sum: beyond, deviations are infinite. What is larger says `missing` (−1.8e308) or is a fault. */
export const LARGEST_NUMBER = 1e150;

/** Numbers ascending; null for a column of names. A number that is not finite, or beyond `LARGEST_NUMBER`, is missing. */
function numbersOf(column: ComparedColumn): { readonly sorted: Float64Array; readonly missing: number } | null {
  if (column.kind === 'categorical') return null;
  if (column.kind === 'empty') return { sorted: new Float64Array(0), missing: column.rows };
  const values = column.kind === 'text' ? Float64Array.from(column.values, (text) => text?.length ?? Number.NaN) : column.values;
  const sorted = values.filter((value) => Math.abs(value) <= LARGEST_NUMBER).sort();
  return { sorted, missing: values.length - sorted.length };
}

function levelCounts(sorted: Float64Array): ReadonlyMap<string, number> {
  return new Map(levelsOf(sorted).map(({ value, rows }) => [String(value), rows]));
}
