/** Standard errors that an unnamed value must lie above the fold: many values may be near it, and none may look new by chance. */
const STANDARD_ERRORS = 4;

/** Sizes of a comparison of categories. */
export interface UnseenSizes {
  readonly referenceRows: number;
  /** Rows of the reference whose values it folded away. */
  readonly foldedRows: number;
  readonly currentRows: number;
  /** Values of fewer rows were folded. */
  readonly minimumCount: number;
}

/**
 * From how many rows on a value that the reference does not name is new to it, and not one that it folded away as rare.
 *
 * The reference holds a value of k current rows k · N/M times, give or take its own chance and that of k: sqrt(kN/M + k(N/M)²). New is a value for which
 * even four of these below are more than the fold. With a reference of ten windows or more that is about the fold itself; with one as small as
 * the window, three times as much: there a value of 22 rows may well have been one of 18, which has no name. A reference that folded nothing
 * names all it held: the fold.
 */
export function unseenFrom({ referenceRows, foldedRows, currentRows, minimumCount }: UnseenSizes): number {
  if (foldedRows === 0 || currentRows === 0) return minimumCount;
  const scale = referenceRows / currentRows;
  // k·s − z·sqrt(k·(s + s²)) = fold is a quadratic in sqrt(k).
  const spread = STANDARD_ERRORS * Math.sqrt(scale + scale ** 2);
  const root = (spread + Math.sqrt(spread ** 2 + 4 * scale * minimumCount)) / (2 * scale);
  return Math.max(minimumCount, Math.ceil(root ** 2));
}
