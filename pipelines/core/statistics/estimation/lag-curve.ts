/** Lags of one batch of events, in cells; lags from cell `complete` on could not be seen yet. */
export interface TruncatedLags {
  readonly counts: readonly number[];
  readonly complete: number;
}

/** Share of events whose lag is in a cell or an earlier one. */
export interface LagShare {
  readonly share: number;
  /** Greenwood's; 0 at the last cell, which is 1 by definition. */
  readonly standardError: number;
}

/**
 * How late events come, learnt while some are still to come: the distribution of lags, given that they lie within the longest one that could be seen.
 *
 * Batches that are watched for a short time hold short lags only, so plain shares are too steep. Read backwards in time that is left truncation: with the
 * reversed hazard d_j / N_j, N_j the events up to cell j of the batches that could show cell j, the share up to j − 1 is the product of 1 − d_i / N_i over
 * i >= j (Lagakos, Barraj and De Gruttola 1988, https://doi.org/10.1093/biomet/75.3.515; equal to the chain ladder; checked against lifelines' Kaplan-Meier
 * with late entry). Variance by Greenwood, events taken as independent. Assumes that batches are alike in their lags. Nothing was seen: empty. O(batches · cells).
 *
 * @example lagCurve([{ counts: [6, 2, 2], complete: 3 }, { counts: [8], complete: 1 }]).map(({ share }) => share.toFixed(2)); // => ['0.60', '0.80', '1.00']
 */
export function lagCurve(batches: readonly TruncatedLags[]): LagShare[] {
  const seen = batches.map(({ counts, complete }) => counts.slice(0, complete));
  const cells = Math.max(0, ...batches.map(({ complete }) => complete));
  const shares: LagShare[] = [];
  let [share, greenwood] = [1, 0];
  for (let cell = cells - 1; cell >= 0; cell -= 1) {
    shares.unshift({ share, standardError: share * Math.sqrt(greenwood) });
    const able = seen.filter((_, batch) => (batches[batch]?.complete ?? 0) > cell);
    const came = able.reduce((sum, counts) => sum + (counts[cell] ?? 0), 0);
    const upTo = able.reduce((sum, counts) => sum + counts.slice(0, cell + 1).reduce((all, one) => all + one, 0), 0);
    if (came === 0) continue;
    share *= 1 - came / upTo;
    if (upTo > came) greenwood += came / (upTo * (upTo - came));
  }
  return seen.every((counts) => counts.every((count) => count === 0)) ? [] : shares;
}
