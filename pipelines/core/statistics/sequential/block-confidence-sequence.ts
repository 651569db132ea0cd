import type { Bounds } from '../intervals/bounds.ts';

const LARGEST_BET = 0.5;

/**
 * Confidence sequence for the mean of blocks (days, windows) in [0, 1], whatever the dependence of rows inside a block.
 *
 * Predictable plug-in empirical Bernstein: weighted mean ± (ln(2/alpha) + Σ v·ψ(λ)) / Σ λ, with v = 4(x − mean before)², ψ(λ) = (−ln(1−λ) − λ)/4 and λ chosen from
 * the past alone (Waudby-Smith and Ramdas 2024, theorem 2, https://arxiv.org/abs/2010.09686). Misses the mean, ever, with probability at most alpha if
 * each block has that mean given the blocks before; blocks need not be alike otherwise. The order of the blocks counts.
 *
 * Honest about its width: λ is at most ½, so even blocks without any spread leave ± 2·ln(2/alpha)/blocks: 0.25 after a month of days and 0.08 after a quarter at 5 %.
 * A drop of two points takes a year to see. Use it to bound a year, not to raise an alarm. No blocks: [0, 1]. O(blocks).
 *
 * No command uses it: `lastingDrop` and `changeSequence` see a drop in weeks. The calibration suite compares them with it.
 *
 * @example blockConfidenceSequence([], 0.05); // => { lower: 0, upper: 1, level: 0.95 }
 */
export function blockConfidenceSequence(blocks: readonly number[], alpha: number): Bounds {
  const doubt = Math.log(2 / alpha);
  let [sum, squares, bets, weighted, spent] = [0.5, 0.25, 0, 0, 0];
  for (const [index, value] of blocks.entries()) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`blockConfidenceSequence requires blocks in [0, 1], got ${value}`);
    // Mean and variance before this block, each with a first guess (½, ¼) that counts as one block.
    const seen = index + 1;
    const before = sum / seen;
    const bet = Math.min(LARGEST_BET, Math.sqrt((2 * doubt) / (squares * Math.log1p(seen))));
    bets += bet;
    weighted += bet * value;
    spent += (value - before) ** 2 * (-Math.log1p(-bet) - bet);
    sum += value;
    squares += (value - sum / (seen + 1)) ** 2;
  }
  if (blocks.length === 0) return { lower: 0, upper: 1, level: 1 - alpha };
  const [centre, half] = [weighted / bets, (doubt + spent) / bets];
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half), level: 1 - alpha };
}
