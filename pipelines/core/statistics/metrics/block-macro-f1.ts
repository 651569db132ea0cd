/** Called and true classes of rows, as places 0, 1, …, and the block of each row: 0 … blockCount − 1. */
export interface BlockedCalls {
  readonly called: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly blocks: ArrayLike<number>;
  readonly blockCount: number;
}

/**
 * Macro F1 of resampled blocks of rows: counts hits, calls and labels of each class by block once, and returns a function from the multiplicity of each block to
 * the mean F1 of the classes that occur in that resample (2 hits / (calls + labels) of each).
 *
 * For the block bootstrap. NaN for a resample without rows. O(n + classes · blocks) once, O(classes · blocks) a call.
 *
 * @example blockMacroF1({ called: [0, 1, 1], labels: [0, 1, 0], blocks: [0, 0, 1], blockCount: 2 })(Uint16Array.of(1, 1)); // => 0.6666666666666666
 */
export function blockMacroF1({ called, labels, blocks, blockCount }: BlockedCalls): (multiplicity: Uint16Array) => number {
  let classes = 0;
  for (let row = 0; row < labels.length; row += 1) classes = Math.max(classes, (called[row] ?? 0) + 1, (labels[row] ?? 0) + 1);
  const hits = new Float64Array(classes * blockCount);
  const both = new Float64Array(classes * blockCount);
  for (let row = 0; row < labels.length; row += 1) {
    const [of, block] = [called[row] ?? 0, blocks[row] ?? 0];
    const call = of * blockCount + block;
    const label = (labels[row] ?? 0) * blockCount + block;
    both[call] = (both[call] ?? 0) + 1;
    both[label] = (both[label] ?? 0) + 1;
    if (call === label) hits[call] = (hits[call] ?? 0) + 1;
  }
  return (multiplicity) => {
    let [sum, present] = [0, 0];
    for (let of = 0; of < classes; of += 1) {
      let [hit, whole] = [0, 0];
      for (let block = 0; block < blockCount; block += 1) {
        const times = multiplicity[block] ?? 0;
        hit += times * (hits[of * blockCount + block] ?? 0);
        whole += times * (both[of * blockCount + block] ?? 0);
      }
      if (whole === 0) continue;
      sum += (2 * hit) / whole;
      present += 1;
    }
    return sum / present;
  };
}
