/** In how many of some rows a term occurs. */
export interface TermShare {
  readonly count: number;
  readonly rows: number;
}

/** How much likelier a term is in the current rows, on the scale of log odds. */
export interface LogOddsRatio {
  readonly logOdds: number;
  readonly standardError: number;
  /** logOdds / standardError: what terms are ranked by. */
  readonly z: number;
}

/**
 * Log odds ratio of a term, current against reference, with an informative Dirichlet prior: rare terms do not come first by chance, nor
 * common ones by their number.
 *
 * Formula: δ = ln((y + α) / (n + α₀ − y − α)) of the current minus the same of the reference, variance 1/(y + α) + 1/(y' + α), after
 * Monroe, Colaresi and Quinn 2008, page 388 (https://doi.org/10.1093/pan/mpn018; the formulas as restated by several independent
 * implementations). The prior is that many rows of a background in which the term has a known share: α = weight · share, α₀ = weight. z
 * is for ranking: shrinkage makes it smaller than a normal deviate without drift, most for a term that is new, so that evidence comes
 * from `hypergeometricUpperTail`. Throws a RangeError when the prior gives the term nothing. O(1).
 *
 * @example logOddsRatio({ count: 5, rows: 10 }, { count: 5, rows: 10 }, { weight: 2, share: 0.5 }).z; // => 0
 */
export function logOddsRatio(
  current: TermShare,
  reference: TermShare,
  prior: { readonly weight: number; readonly share: number },
): LogOddsRatio {
  const alpha = prior.weight * prior.share;
  if (!(alpha > 0 && prior.share < 1)) throw new RangeError('logOddsRatio requires a prior share between 0 and 1 and a positive weight');
  const odds = ({ count, rows }: TermShare) => (count + alpha) / (rows + prior.weight - count - alpha);
  const logOdds = Math.log(odds(current)) - Math.log(odds(reference));
  const standardError = Math.sqrt(1 / (current.count + alpha) + 1 / (reference.count + alpha));
  return { logOdds, standardError, z: logOdds / standardError };
}
