import { lowerConfidenceSequence, type RiskSums, upperConfidenceSequence } from './mean-confidence-sequence.ts';

const REFERENCE_ALPHA = 0.05;

/** Risks (shares of errors, or losses in [0, 1]) that are held against each other. */
export interface WatchedRisk {
  readonly reference: RiskSums;
  /** Labelled rows of each window since the model serves, oldest first; labels that arrive late change the sums of old windows. */
  readonly windows: readonly RiskSums[];
  /** Rise of the risk that the owner accepts. */
  readonly tolerated: number;
  /** Windows between two false alarms, at least, on average. */
  readonly budget: number;
}

/** Whether the risk has risen by more than is tolerated. */
export interface RiskVerdict {
  readonly harmful: boolean;
  /** The risk of the newest `windows` windows is at least this, after however many looks. */
  readonly lower: number;
  readonly windows: number;
  /** The risk of the reference is at most this. */
  readonly upper: number;
}

/**
 * Harmful shift: the risk in production is above that of the reference by more than is tolerated, beyond the doubt in both.
 *
 * Alarm when the lower bound of the risk exceeds the upper bound of the reference's plus the tolerance (Podkopaev and Ramdas 2022,
 * https://arxiv.org/abs/2110.06177). A sequence is begun with every window, so that a long good past does not hide a late change; an alarm then comes no
 * sooner than after `budget` windows on average (Shekhar and Ramdas 2023, https://arxiv.org/abs/2309.09111), unless the reference's bound fails,
 * which has probability 0.05 at most, once. No state: all is computed from the windows' sums. Assumes that rows have one mean given the past: for rows that hang
 * together by day pass one row a window, `{ rows: 1, sum: mean }`; that is sound, and blind to a rise of a tenth within a quarter (tests/calibration). The best start is the one with the largest bound. Throws a RangeError on
 * an empty reference. O(windows) bounds.
 *
 * @example harmfulShift({ reference: { rows: 100, sum: 10 }, windows: [{ rows: 100, sum: 60 }], tolerated: 0.1, budget: 90 }).harmful; // => true
 */
export function harmfulShift({ reference, windows, tolerated, budget }: WatchedRisk): RiskVerdict {
  if (!(reference.rows > 0)) throw new RangeError('harmfulShift requires a reference with rows');
  const upper = upperConfidenceSequence(reference, { alpha: REFERENCE_ALPHA, bestRows: reference.rows });
  // Fixed in advance: a choice that looks at how many rows there are by now would void the bound.
  const rules = { alpha: 1 / budget, bestRows: Math.max(1, reference.rows / 4) };
  let best = { lower: 0, windows: 0 };
  let pooled: RiskSums = { rows: 0, sum: 0 };
  for (const [age, { rows, sum }] of [...windows].reverse().entries()) {
    pooled = { rows: pooled.rows + rows, sum: pooled.sum + sum };
    if (pooled.rows === 0) continue;
    const lower = lowerConfidenceSequence(pooled, rules);
    if (lower > best.lower) best = { lower, windows: age + 1 };
  }
  return { harmful: best.lower > upper + tolerated, ...best, upper };
}
