import type { BlockedScores } from './block-roc-auc.ts';

/**
 * The average precision of resampled blocks of rows: sorts the rows once, and returns a function from the multiplicity of each block to the average precision
 * of that resample.
 *
 * For the block bootstrap. Equal scores count together, as in `averagePrecision`. The returned function gives NaN when a resample lacks positives.
 * O(n log n) once, O(n) a call.
 *
 * @example blockAveragePrecision({ scores: Float64Array.of(0.1, 0.4, 0.35, 0.8), labels: Float64Array.of(0, 0, 1, 1), blocks: Uint32Array.of(0, 1, 0, 1), blockCount: 2 })(Uint16Array.of(1, 1)); // => 0.8333333333333333
 */
export function blockAveragePrecision({ scores, labels, blocks }: BlockedScores): (multiplicity: Uint16Array) => number {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const blockOf = Uint32Array.from(order, (row) => blocks[row] ?? 0);
  const isPositive = Uint8Array.from(order, (row) => (labels[row] === 1 ? 1 : 0));
  const endsLevel = Uint8Array.from(order, (row, place) => {
    const next = order[place + 1];
    return next === undefined || scores[next] !== scores[row] ? 1 : 0;
  });
  return (multiplicity) => {
    let [area, seen, hits, counted] = [0, 0, 0, 0];
    for (let place = 0; place < order.length; place += 1) {
      const times = multiplicity[blockOf[place] ?? 0] ?? 0;
      seen += times;
      if (isPositive[place] === 1) hits += times;
      if (endsLevel[place] === 0 || hits === counted) continue;
      area += (hits - counted) * (hits / seen);
      counted = hits;
    }
    return area / hits;
  };
}
