/** Rows of the same parts, one array a kind of rows (positives, negatives), of which the total is known to readers. */
export type PartCounts = readonly (readonly number[])[];

/**
 * Which parts may not be counted: those with fewer than `least` rows of any kind, and as many of the next smallest as it takes until what is withheld of each kind is 0 or at least `least` rows; else the total less the
 * counts that are shown would tell it (complementary suppression: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, https://doi.org/10.1007/978-1-4613-0121-9, chapter 5). O(parts²).
 *
 * @example [...withheldParts([[3, 50, 400]], 20)]; // => [0, 1]
 */
export function withheldParts(kinds: PartCounts, least: number): ReadonlySet<number> {
  const parts = kinds[0]?.map((_, part) => part) ?? [];
  const withheld = new Set(parts.filter((part) => kinds.some((counts) => (counts[part] ?? 0) < least)));
  for (;;) {
    const thin = kinds.find((counts) => isThin(counts, withheld, least));
    const next = thin === undefined ? undefined : smallestShown(thin, parts, withheld);
    if (next === undefined) return withheld;
    withheld.add(next);
  }
}

function isThin(counts: readonly number[], withheld: ReadonlySet<number>, least: number): boolean {
  const rows = [...withheld].reduce((sum, part) => sum + (counts[part] ?? 0), 0);
  return rows > 0 && rows < least;
}

function smallestShown(counts: readonly number[], parts: readonly number[], withheld: ReadonlySet<number>): number | undefined {
  return parts.filter((part) => !withheld.has(part)).toSorted((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))[0];
}
