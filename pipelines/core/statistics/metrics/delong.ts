/** Counts by score group, ascending score: rows of equal score stand in one group. */
export interface ScoreGroups {
  readonly negatives: ArrayLike<number>;
  readonly positives: ArrayLike<number>;
}

/** Area under the ROC curve; `standardError` is null with fewer than two rows in a class. */
export interface AreaEstimate {
  readonly area: number;
  readonly standardError: number | null;
}

/**
 * Area under the ROC curve (Mann-Whitney, ties count one half) with the standard error of DeLong, DeLong and Clarke-Pearson.
 *
 * In words: the placement of a positive is the share of negatives below it plus half of those level with it; the area is the mean
 * placement of the positives; its variance is the variance of the positives' placements over their number plus the variance of the
 * negatives' placements over theirs (both with n − 1). Source: Sun and Xu 2014 (https://doi.org/10.1109/LSP.2014.2337313), who restate it.
 * Both classes contribute: using the positives alone makes the error a third too small. Assumes independent rows. Not for a single class:
 * returns null. From cells of width w it is the figure of scores rounded to w. O(groups).
 *
 * @example deLong({ negatives: [1, 1, 0, 0], positives: [0, 0, 1, 1] }); // => { area: 1, standardError: 0 }
 */
export function deLong(groups: ScoreGroups): AreaEstimate | null {
  const negatives = total(groups.negatives);
  const positives = total(groups.positives);
  if (negatives === 0 || positives === 0) return null;
  const ofPositives = placements(groups.positives, groups.negatives);
  const ofNegatives = placements(groups.negatives, groups.positives);
  if (positives < 2 || negatives < 2) return { area: ofPositives.mean, standardError: null };
  const variance = ofPositives.variance / positives + ofNegatives.variance / negatives;
  return { area: ofPositives.mean, standardError: Math.sqrt(variance) };
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < counts.length; index += 1) sum += counts[index] ?? 0;
  return sum;
}

/** Mean and variance (n − 1) over the rows of one class of the share of the other class that lies below them. */
function placements(own: ArrayLike<number>, other: ArrayLike<number>): { mean: number; variance: number } {
  const rows = total(own);
  const others = total(other);
  let below = 0;
  let mean = 0;
  let squares = 0;
  let seen = 0;
  for (let index = 0; index < own.length; index += 1) {
    const count = own[index] ?? 0;
    const level = other[index] ?? 0;
    if (count > 0) {
      const placement = (below + level / 2) / others;
      // West's weighted update: no cancellation when placements differ little.
      seen += count;
      const change = placement - mean;
      mean += (change * count) / seen;
      squares += count * change * (placement - mean);
    }
    below += level;
  }
  return { mean, variance: rows > 1 ? Math.max(0, squares) / (rows - 1) : 0 };
}
