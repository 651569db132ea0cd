const SMALLEST_REMAINDER = 0.05;
const SMALLEST_WEIGHT = 0.001;
/** A row that a domain classifier places in the window with this probability or more has hardly a counterpart in the reference. */
const OUT_OF_SUPPORT = 0.95;
const LEAST_EFFECTIVE_SHARE = 0.1;
const MOST_OUT_OF_SUPPORT = 0.05;

/** Probabilities of a domain classifier, out of fold, that a row is of the window and not of the reference. */
export interface DomainProbabilities {
  readonly reference: ArrayLike<number>;
  readonly window: ArrayLike<number>;
}

/** How much each reference row counts when the reference should look like the window, and whether enough of it is left for that. */
export interface ImportanceWeights {
  readonly weights: Float64Array;
  /** (Σw)² / Σw²: as many equal rows would tell as much. */
  readonly effectiveRows: number;
  /** Share of the window's rows that have hardly a counterpart in the reference. */
  readonly outOfSupport: number;
  readonly isUsable: boolean;
  readonly why: string | null;
}

/**
 * Density ratios of a window against its reference from a domain classifier's probabilities h (Bickel, Brückner and Scheffer 2009,
 * https://www.jmlr.org/papers/v10/bickel09a.html): w = (rows of reference / rows of window) · h / max(.05, 1 − h), at least .001. The clip keeps one row from outweighing all.
 *
 * Usable only when the effective rows are at least 10 % of the reference (Kish 1965) and fewer than 5 % of the window's rows lie outside it
 * (h ≥ .95): beyond that no weighting can make one look like the other. Throws a RangeError when a side is empty. O(n).
 *
 * @example importanceWeights({ reference: [0.5, 0.5], window: [0.5, 0.5] }).effectiveRows; // => 2
 */
export function importanceWeights({ reference, window }: DomainProbabilities): ImportanceWeights {
  if (reference.length === 0 || window.length === 0) throw new RangeError('importanceWeights requires rows of both domains');
  const ratio = reference.length / window.length;
  const weights = Float64Array.from(reference, (h) => Math.max(SMALLEST_WEIGHT, (ratio * h) / Math.max(SMALLEST_REMAINDER, 1 - h)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const effectiveRows = (total * total) / weights.reduce((sum, weight) => sum + weight * weight, 0);
  const outOfSupport = Array.from(window).filter((h) => h >= OUT_OF_SUPPORT).length / window.length;
  const why =
    effectiveRows < LEAST_EFFECTIVE_SHARE * reference.length
      ? `Weighted to look like the window, the ${reference.length} rows of the reference tell no more than ${Math.round(effectiveRows)}.`
      : outOfSupport >= MOST_OUT_OF_SUPPORT
        ? `${Math.round(outOfSupport * 100)} % of the window's rows have hardly a counterpart in the reference.`
        : null;
  return { weights, effectiveRows, outOfSupport, isUsable: why === null, why };
}
