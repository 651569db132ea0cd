import { type AreaEstimate, deLong } from './delong.ts';

/**
 * How well scores rank positives above negatives: the share of (positive, negative) pairs in which the positive scores higher, ties counting half; with DeLong's standard error.
 *
 * Exact: rows are grouped by equal score, so no order among ties matters (https://scikit-learn.org/stable/modules/model_evaluation.html#receiver-operating-characteristic-roc).
 * Assumes independent rows; says nothing about calibration. Labels are 1 and 0, other rows are left out. null when a class is missing. O(n log n).
 *
 * @example rocAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), Float64Array.of(0, 0, 1, 1))?.area; // => 0.75
 */
export function rocAuc(scores: Float64Array, labels: Float64Array): AreaEstimate | null {
  const positive = scoresOf(1, scores, labels).sort();
  const negative = scoresOf(0, scores, labels).sort();
  const groups = new Float64Array(positive.length + negative.length);
  const counts = { positives: new Uint32Array(groups.length), negatives: new Uint32Array(groups.length) };
  let group = -1;
  let [p, n] = [0, 0];
  while (p < positive.length || n < negative.length) {
    const [nextPositive, nextNegative] = [positive[p] ?? Number.POSITIVE_INFINITY, negative[n] ?? Number.POSITIVE_INFINITY];
    const score = Math.min(nextPositive, nextNegative);
    if (group < 0 || score !== groups[group]) group += 1;
    groups[group] = score;
    const side = nextPositive === score ? 'positives' : 'negatives';
    counts[side][group] = (counts[side][group] ?? 0) + 1;
    if (side === 'positives') p += 1;
    else n += 1;
  }
  return deLong({ positives: counts.positives.subarray(0, group + 1), negatives: counts.negatives.subarray(0, group + 1) });
}

function scoresOf(label: number, scores: Float64Array, labels: Float64Array): Float64Array {
  const found = new Float64Array(scores.length);
  let count = 0;
  for (let row = 0; row < scores.length; row += 1) if (labels[row] === label) found[count++] = scores[row] ?? Number.NaN;
  return found.subarray(0, count);
}
