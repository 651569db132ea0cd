export interface BlockedScores {
  readonly scores: Float64Array;
  /** 1 or 0. */
  readonly labels: Float64Array;
  /** Block of each row: 0 … blockCount − 1. */
  readonly blocks: Uint32Array;
  readonly blockCount: number;
}

/**
 * The ROC AUC of resampled blocks of rows: counts once how often a positive of block i beats a negative of block j, and returns a function from the multiplicity
 * of each block to the AUC of that resample.
 *
 * For the block bootstrap. Ties count half, as in `rocAuc`. The returned function gives NaN when a resample lacks a class.
 * Few large blocks: O(n log n + n · blocks) once, O(blocks²) a call. Where blocks² exceeds n, as with a row a day: O(n log n) once, O(n) a call.
 * Both ways count whole and half pairs, so their results are the same to the last bit.
 *
 * @example blockRocAuc({ scores: Float64Array.of(0.1, 0.4, 0.35, 0.8), labels: Float64Array.of(0, 0, 1, 1), blocks: Uint32Array.of(0, 1, 0, 1), blockCount: 2 })(Uint16Array.of(1, 1)); // => 0.75
 */
export function blockRocAuc(rows: BlockedScores): (multiplicity: Uint16Array) => number {
  const { blockCount } = rows;
  if (blockCount * blockCount > rows.scores.length) return sweptRocAuc(rows);
  const { wins, positives, negatives } = countWins(rows);
  return (multiplicity) => {
    let won = 0;
    let ones = 0;
    let zeros = 0;
    for (let of = 0; of < blockCount; of += 1) {
      const times = multiplicity[of] ?? 0;
      if (times === 0) continue;
      ones += times * (positives[of] ?? 0);
      zeros += times * (negatives[of] ?? 0);
      let against = 0;
      for (let other = 0; other < blockCount; other += 1) against += (multiplicity[other] ?? 0) * (wins[of * blockCount + other] ?? 0);
      won += times * against;
    }
    return won / (ones * zeros);
  };
}

/** Goes through the rows in order of score at each call: each row counts as often as its block was drawn. */
function sweptRocAuc({ scores, labels, blocks }: BlockedScores): (multiplicity: Uint16Array) => number {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const sorted = Float64Array.from(order, (row) => scores[row] ?? 0);
  const positive = Uint8Array.from(order, (row) => (labels[row] === 1 ? 1 : 0));
  const block = Uint32Array.from(order, (row) => blocks[row] ?? 0);
  return (multiplicity) => {
    let won = 0;
    let ones = 0;
    let zeros = 0;
    let row = 0;
    while (row < sorted.length) {
      const score = sorted[row];
      let [tiedOnes, tiedZeros] = [0, 0];
      for (; row < sorted.length && sorted[row] === score; row += 1) {
        const times = multiplicity[block[row] ?? 0] ?? 0;
        if (positive[row] === 1) tiedOnes += times;
        else tiedZeros += times;
      }
      won += tiedOnes * (zeros + tiedZeros / 2);
      ones += tiedOnes;
      zeros += tiedZeros;
    }
    return won / (ones * zeros);
  };
}

interface Wins {
  /** wins[i · blocks + j]: pairs in which a positive of block i scores above a negative of block j, ties as halves. */
  readonly wins: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function countWins({ scores, labels, blocks, blockCount }: BlockedScores): Wins {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const wins = new Float64Array(blockCount * blockCount);
  const positives = new Float64Array(blockCount);
  const negatives = new Float64Array(blockCount);
  let from = 0;
  while (from < order.length) {
    const score = scores[order[from] ?? 0];
    let to = from;
    while (to < order.length && scores[order[to] ?? 0] === score) to += 1;
    const tied = order.subarray(from, to);
    addTied({ wins, positives, negatives }, { tied, labels, blocks, blockCount });
    from = to;
  }
  return { wins, positives, negatives };
}

/** Adds a group of equal scores: its positives beat all negatives before it and draw with those inside. */
function addTied(
  { wins, positives, negatives }: Wins,
  rows: Pick<BlockedScores, 'labels' | 'blocks' | 'blockCount'> & { tied: Uint32Array },
): void {
  const { tied, labels, blocks, blockCount } = rows;
  const below = negatives.slice();
  for (const row of tied) {
    const of = blocks[row] ?? 0;
    if (labels[row] === 1) positives[of] = (positives[of] ?? 0) + 1;
    else negatives[of] = (negatives[of] ?? 0) + 1;
  }
  for (const row of tied) {
    if (labels[row] !== 1) continue;
    const at = (blocks[row] ?? 0) * blockCount;
    for (let other = 0; other < blockCount; other += 1) {
      const beaten = ((below[other] ?? 0) + (negatives[other] ?? 0)) / 2;
      wins[at + other] = (wins[at + other] ?? 0) + beaten;
    }
  }
}
