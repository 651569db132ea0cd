/**
 * The ROC AUC of resampled rows: sorts the scores once and returns a function from the multiplicity of each row to the AUC of that resample.
 *
 * For the bootstrap, where sorting each resample anew would cost O(n log n) a time. Ties count half, as in `rocAuc`.
 * The returned function gives NaN when a resample lacks a class. Sorting O(n log n) once, O(n) a call.
 *
 * @example weightedRocAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), Float64Array.of(0, 0, 1, 1))(Uint16Array.of(1, 1, 1, 1)); // => 0.75
 */
export function weightedRocAuc(scores: Float64Array, labels: Float64Array): (multiplicity: Uint16Array) => number {
  const order = sortedRows(scores);
  const group = tieGroups(scores, order);
  const sortedLabels = Uint8Array.from(order, (row) => (labels[row] === 1 ? 1 : 0));
  return (multiplicity) => {
    const tally: Tally = { negatives: 0, positives: 0, wins: 0, groupNegatives: 0, groupPositives: 0 };
    let current = 0;
    for (let at = 0; at < order.length; at += 1) {
      const times = multiplicity[order[at] ?? 0] ?? 0;
      if (times === 0) continue;
      const tied = group[at] ?? 0;
      if (tied !== current) closeGroup(tally);
      current = tied;
      if (sortedLabels[at] === 1) tally.groupPositives += times;
      else tally.groupNegatives += times;
    }
    closeGroup(tally);
    return tally.wins / (tally.positives * tally.negatives);
  };
}

interface Tally {
  negatives: number;
  positives: number;
  wins: number;
  groupNegatives: number;
  groupPositives: number;
}

/** Adds a finished group of equal scores: its positives beat all negatives before it and draw with those inside. */
function closeGroup(tally: Tally): void {
  tally.wins += tally.groupPositives * (tally.negatives + tally.groupNegatives / 2);
  tally.negatives += tally.groupNegatives;
  tally.positives += tally.groupPositives;
  tally.groupNegatives = 0;
  tally.groupPositives = 0;
}

function sortedRows(scores: Float64Array): Uint32Array {
  const order = Uint32Array.from(scores, (_, row) => row);
  return order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
}

function tieGroups(scores: Float64Array, order: Uint32Array): Uint32Array {
  const group = new Uint32Array(order.length);
  for (let at = 1; at < order.length; at += 1) {
    const same = scores[order[at] ?? 0] === scores[order[at - 1] ?? 0];
    group[at] = (group[at - 1] ?? 0) + (same ? 0 : 1);
  }
  return group;
}
