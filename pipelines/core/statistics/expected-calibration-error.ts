const CLASSES = 10;

/**
 * How far probabilities are from what happened: the mean over ten classes of about equal size of |mean probability − share of positives|.
 *
 * Rows go into classes by ascending probability; equal probabilities stay together, so no order among ties matters (Naeini, Cooper, Hauskrecht
 * 2015, https://doi.org/10.1609/aaai.v29i1.9602). Biased upwards by about the noise of one class: compare two figures of the same rows, not
 * one with zero. NaN without rows. O(n log n).
 *
 * @example expectedCalibrationError(Float64Array.of(0.2, 0.2, 0.8, 0.8), Float64Array.of(0, 0, 1, 1)); // => 0.19999999999999996
 */
export function expectedCalibrationError(probabilities: Float64Array, labels: Float64Array): number {
  const order = Uint32Array.from(probabilities, (_, row) => row).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  const rows = order.length;
  let gaps = 0;
  let gap = 0;
  let before = 0;
  for (const [at, row] of order.entries()) {
    const value = probabilities[row] ?? 0;
    gap += value - (labels[row] ?? 0);
    const next = order[at + 1];
    if (next !== undefined && probabilities[next] === value) continue;
    const filled = Math.floor(((at + 1) * CLASSES) / rows);
    if (filled === before) continue;
    before = filled;
    gaps += Math.abs(gap);
    gap = 0;
  }
  return (gaps + Math.abs(gap)) / rows;
}
