/** Counts of two samples over the same classes. */
export interface PairedCounts {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** The classes that remain: each a list of positions of the classes it was made of. */
export interface MergedCounts extends PairedCounts {
  readonly groups: readonly (readonly number[])[];
}

/**
 * Merges the classes that are too rare for a chi-square or G test into one.
 *
 * A class is too rare when its expected count in either sample is below `minimumExpected` (5, after Cochran 1954,
 * https://doi.org/10.2307/3001616). The rule looks at pooled shares only, so it does not favour any outcome. The class of the merged, if
 * itself too rare, takes in the rarest others, as long as two classes are left (then `fisherExact` is the test). Classes that are empty in
 * both samples vanish. O(classes · log(classes)).
 *
 * @example mergeSmallClasses({ reference: [50, 3, 4], current: [50, 4, 3] }).groups; // => [[0], [1, 2]]
 */
export function mergeSmallClasses(counts: PairedCounts, minimumExpected = 5): MergedCounts {
  const referenceRows = total(counts.reference);
  const currentRows = total(counts.current);
  const smaller = Math.min(referenceRows, currentRows) / (referenceRows + currentRows);
  const pooled: number[] = [];
  const filled: number[] = [];
  const small: number[] = [];
  for (let index = 0; index < counts.reference.length; index += 1) {
    const count = (counts.reference[index] ?? 0) + (counts.current[index] ?? 0);
    pooled.push(count);
    if (!(count > 0)) continue;
    filled.push(index);
    if (!(count * smaller >= minimumExpected)) small.push(index);
  }
  // Most often none is too rare: nothing needs sorting.
  const rare = small.length === 0 ? [] : tooRare({ pooled, filled, small, smaller, minimumExpected });
  const merged = new Set(rare);
  const groups: (readonly number[])[] = [];
  for (const index of filled) if (!merged.has(index)) groups.push([index]);
  if (rare.length > 0) groups.push(rare);
  return { groups, reference: taken(counts.reference, groups), current: taken(counts.current, groups) };
}

interface Pool {
  readonly pooled: readonly number[];
  readonly filled: readonly number[];
  /** Those of `filled` whose expected count is too small. */
  readonly small: readonly number[];
  readonly smaller: number;
  readonly minimumExpected: number;
}

/** The classes to merge, ascending. */
function tooRare({ pooled, filled, small, smaller, minimumExpected }: Pool): number[] {
  const byRarity = (a: number, b: number) => (pooled[a] ?? 0) - (pooled[b] ?? 0) || a - b;
  const rare: number[] = [];
  let rareRows = 0;
  for (const index of [...small].sort(byRarity)) {
    if (rare.length > 0 && filled.length - rare.length <= 1) break;
    rare.push(index);
    rareRows += pooled[index] ?? 0;
  }
  if (rareRows * smaller >= minimumExpected || filled.length - rare.length <= 1) return rare.sort((a, b) => a - b);
  // Together still too rare: the rarest of the others join.
  const unmerged = new Set(rare);
  for (const index of filled.filter((each) => !unmerged.has(each)).sort(byRarity)) {
    if (filled.length - rare.length <= 1 || rareRows * smaller >= minimumExpected) break;
    rare.push(index);
    rareRows += pooled[index] ?? 0;
  }
  return rare.sort((a, b) => a - b);
}

function taken(sample: readonly number[], groups: readonly (readonly number[])[]): number[] {
  return groups.map((group) => {
    let sum = 0;
    for (const index of group) sum += sample[index] ?? 0;
    return sum;
  });
}

function total(counts: readonly number[]): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
