import type { LabelledGroups } from '../estimation/calibration-map.ts';

const CLASSES = 10;

/**
 * How far probabilities (`scores`) are from what happened: the mean over ten classes of about equal size of |mean probability − share of positives|.
 *
 * Rows go into classes by ascending probability; equal probabilities stay together, so no order among ties matters (Naeini, Cooper, Hauskrecht
 * 2015, https://doi.org/10.1609/aaai.v29i1.9602). Biased upwards by about the noise of one class: compare two figures of the same rows, not
 * one with zero. NaN without rows. O(n log n).
 *
 * @example expectedCalibrationError({ scores: [0.2, 0.8], positives: [0, 5], negatives: [5, 0] }); // => 0.2
 */
export function expectedCalibrationError({ scores, positives, negatives }: LabelledGroups): number {
  const order = Array.from(scores, (_, at) => at).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const size = (at: number) => (positives[at] ?? 0) + (negatives[at] ?? 0);
  const rows = order.reduce((sum, at) => sum + size(at), 0);
  let [gaps, gap, seen, before] = [0, 0, 0, 0];
  for (const [place, at] of order.entries()) {
    gap += size(at) * (scores[at] ?? 0) - (positives[at] ?? 0);
    seen += size(at);
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[at]) continue;
    const filled = Math.floor((seen * CLASSES) / rows);
    if (filled === before) continue;
    before = filled;
    gaps += Math.abs(gap);
    gap = 0;
  }
  return (gaps + Math.abs(gap)) / rows;
}
