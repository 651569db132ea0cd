import type { SheetClass } from '../../schema/drift-sheet.ts';
import { binOf } from '../../statistics/distances/bin-of.ts';
import { figure } from '../phrase-figures.ts';
import type { FrozenClasses } from './frozen-classes.ts';

/** A class of its own for unseen values needs a reference that leaves at most this share to them. */
const FEW_NEW = 0.005;

/** Rows of two samples by the classes of the reference, parallel to `labels`; the first `ordered` lie in order. */
export interface CountedClasses {
  readonly labels: readonly string[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
  readonly ordered: number;
  /** Rows whose value the reference never held; null for ranges of numbers. */
  readonly unseen: number | null;
  /** Whether unseen values count in the class `other`, since rows of the reference were as new to one another. */
  readonly unseenFolded: boolean;
}

/** Missing rows are counted, never dropped. */
export interface CountingRules {
  readonly missing: { readonly reference: number; readonly current: number };
  /** Values of fewer rows on a side count as `other`. */
  readonly fewestRows: number;
  readonly isPersonal: boolean;
}

/** Both samples by ranges of numbers. Missing values (NaN) must have been taken out. O(n · log(classes)). */
export function countRanges(
  cuts: readonly number[],
  [reference, current]: readonly [Float64Array, Float64Array],
  { missing, isPersonal }: CountingRules,
): CountedClasses {
  const count = (values: Float64Array) => {
    const counts = new Array<number>(cuts.length + 1).fill(0);
    for (const value of values) {
      const place = binOf(value, cuts) - 1;
      counts[place] = (counts[place] ?? 0) + 1;
    }
    return counts;
  };
  const labels = isPersonal
    ? hidden(cuts.length + 1)
    : rangeLabels(
        cuts,
        [reference, current].every((values) => values.every(Number.isInteger)),
      );
  return {
    labels: [...labels, '(missing)'],
    reference: [...count(reference), missing.reference],
    current: [...count(current), missing.current],
    ordered: labels.length,
    unseen: null,
    unseenFolded: false,
  };
}

/**
 * Both samples by named values, then `other`, `unseen` and `missing`. Where values that the reference held once are so many that new ones are to be expected
 * (Good and Turing: the share of rows whose value came once is about the share that the next rows give to values never seen; 1953,
 * https://doi.org/10.1093/biomet/40.3-4.237), unseen values count as `other`: a class that must be empty in the reference would find drift in any column of many values.
 */
export function countValues(
  classes: Extract<FrozenClasses, { kind: 'values' }>,
  [reference, current]: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>],
  { missing, fewestRows, isPersonal }: CountingRules,
): CountedClasses {
  const own = new Set(classes.own);
  const isKnown = (value: string) => classes.known.has(value) || reference.has(value);
  const rowsOf = (counts: ReadonlyMap<string, number>, of: (value: string) => boolean) => {
    let rows = 0;
    for (const [value, count] of counts) if (of(value)) rows += count;
    return rows;
  };
  const seenOnce = rowsOf(reference, (value) => reference.get(value) === 1);
  const named = rowsOf(reference, () => true);
  const unseen = rowsOf(current, (value) => !isKnown(value));
  const unseenFolded = named > 0 && seenOnce > FEW_NEW * named;
  const isOther = (value: string) => !own.has(value) && (unseenFolded || isKnown(value) || (current.get(value) ?? 0) < fewestRows);
  const isUnseen = (value: string) => !own.has(value) && !isOther(value);
  const side = (counts: ReadonlyMap<string, number>, absent: number) => [
    ...classes.own.map((value) => counts.get(value) ?? 0),
    rowsOf(counts, isOther),
    rowsOf(counts, isUnseen),
    absent,
  ];
  return {
    labels: [...(isPersonal ? hidden(classes.own.length) : classes.own), '(other)', '(unseen)', '(missing)'],
    reference: side(reference, missing.reference),
    current: side(current, missing.current),
    ordered: classes.ordered ? classes.own.length : 0,
    unseen,
    unseenFolded,
  };
}

/** The classes that hold a row on either side, as they are told. */
export function toldClasses({ labels, reference, current }: CountedClasses): SheetClass[] {
  return labels.flatMap((label, index) => {
    const [before = 0, now = 0] = [reference[index], current[index]];
    return before + now === 0 ? [] : [{ label, reference: before, current: now }];
  });
}

/** `wholly`: whole numbers, so that a class is named by the numbers that it holds. */
function rangeLabels(cuts: readonly number[], wholly: boolean): string[] {
  const told = toldApart(cuts);
  const [first, last] = [told[0], told.at(-1)];
  if (first === undefined || last === undefined) return ['all values'];
  const inner = cuts.slice(1).map((cut, index) => {
    const [from = '', to = ''] = [told[index], told[index + 1]];
    const isOne = wholly && cut - 1 === cuts[index];
    return isOne ? from : `${from} to ${wholly ? figure(cut - 1) : to}`;
  });
  return [`below ${first}`, ...inner, `${last} or more`];
}

/** Cuts with as many digits as tell them apart. */
function toldApart(cuts: readonly number[]): string[] {
  const short = cuts.map(figure);
  return new Set(short).size === cuts.length ? short : cuts.map(String);
}

function hidden(classes: number): string[] {
  return Array.from({ length: classes }, (_, index) => `class ${index + 1} (personal)`);
}
