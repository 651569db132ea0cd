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
  const pooled = counts.reference.map((count, index) => count + (counts.current[index] ?? 0));
  const smaller = Math.min(referenceRows, currentRows) / (referenceRows + currentRows);
  const filled = pooled.flatMap((count, index) => (count > 0 ? [index] : []));
  // Most often none is too rare: nothing needs sorting.
  if (filled.every((index) => (pooled[index] ?? 0) * smaller >= minimumExpected)) return singled(counts, filled);
  const byRarity = [...filled].sort((a, b) => (pooled[a] ?? 0) - (pooled[b] ?? 0) || a - b);
  const rare: number[] = [];
  let rareRows = 0;
  for (const index of byRarity) {
    if (rare.length > 0 && filled.length - rare.length <= 1) break;
    const enough = (pooled[index] ?? 0) * smaller >= minimumExpected;
    if (enough && (rare.length === 0 || rareRows * smaller >= minimumExpected)) break;
    rare.push(index);
    rareRows += pooled[index] ?? 0;
  }
  const merged = new Set(rare);
  const alone = filled.filter((index) => !merged.has(index)).map((index) => [index]);
  const groups = rare.length === 0 ? alone : [...alone, rare.sort((a, b) => a - b)];
  const take = (sample: readonly number[]) => groups.map((group) => total(group.map((index) => sample[index] ?? 0)));
  return { groups, reference: take(counts.reference), current: take(counts.current) };
}

/** Each class by itself. */
function singled({ reference, current }: PairedCounts, filled: readonly number[]): MergedCounts {
  const take = (sample: readonly number[]) => filled.map((index) => sample[index] ?? 0);
  return { groups: filled.map((index) => [index]), reference: take(reference), current: take(current) };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
