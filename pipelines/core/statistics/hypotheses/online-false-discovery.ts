/** A rule that sets each level before its p value is seen: the levels, and whether each test was a discovery. */
export interface OnlineDecision {
  readonly levels: readonly number[];
  readonly rejected: readonly boolean[];
}

/** Share of the error that is set aside for the i-th test, slowly falling; the shares sum to 1 (Javanmard and Montanari 2018, https://arxiv.org/abs/1603.09000). */
const slowly = (place: number) => (0.07720838 * Math.log(Math.max(place, 2))) / (place * Math.exp(Math.sqrt(Math.log(place))));
/** The same, falling faster. */
export const fasterShare = (place: number) => 0.4374901658 / place ** 1.6;

/**
 * Alpha spending: a fixed, ever smaller level for each test in an endless row.
 *
 * Formula: level of test i = alpha · share i. Keeps the probability of any false alarm, ever, at alpha, under any dependence; useless in the long run
 * (Foster and Stine 2008, https://doi.org/10.1111/j.1467-9868.2007.00643.x). For comparison; our alarms come from `accumulateEvidence`. O(tests).
 *
 * No command uses these: their thresholds fall while nothing is found. The calibration suite compares the e-process of the watch with them.
 *
 * @example alphaSpending([0.001, 0.5], 0.05).rejected; // => [true, false]
 */
export function alphaSpending(pValues: readonly number[], alpha: number): OnlineDecision {
  return decided(pValues, (index) => alpha * slowly(index + 1));
}

/**
 * LORD++: keeps the expected share of false alarms among all alarms at alpha over an endless row of independent tests.
 *
 * Formula: w·share(t) + (alpha − w)·share(t − first discovery) + alpha · Σ share(t − each later discovery), w = alpha/10 (Ramdas, Yang, Wainwright and Jordan
 * 2017, https://arxiv.org/abs/1710.00499). Levels fade without discoveries, so a quiet year makes it blind. For comparison. O(tests · discoveries).
 *
 * @example lordPlusPlus([1e-6, 0.5], 0.05).rejected; // => [true, false]
 */
export function lordPlusPlus(pValues: readonly number[], alpha: number): OnlineDecision {
  const start = alpha / 10;
  return decided(pValues, (index, discoveries) => {
    let earned = 0;
    for (const [order, place] of discoveries.entries()) earned += (order === 0 ? alpha - start : alpha) * slowly(index - place);
    return start * slowly(index + 1) + earned;
  });
}

/**
 * SAFFRON: as `lordPlusPlus`, spending nothing on tests whose p value is below one half (Ramdas, Zrnic, Wainwright and Jordan 2018,
 * https://arxiv.org/abs/1802.09098), so that it gains where much is found. For comparison. O(tests · discoveries).
 *
 * @example saffron([1e-6, 0.5], 0.05).rejected; // => [true, false]
 */
export function saffron(pValues: readonly number[], alpha: number): OnlineDecision {
  const candidate = 0.5;
  const start = alpha / 2;
  const candidatesBefore = runningCount(pValues, (p) => p <= candidate);
  return decided(pValues, (index, discoveries) => {
    const before = candidatesBefore[index] ?? 0;
    let earned = 0;
    for (const [order, place] of discoveries.entries()) {
      const age = index - place - (before - (candidatesBefore[place + 1] ?? 0));
      earned += (order === 0 ? alpha - start : alpha) * fasterShare(age);
    }
    return Math.min(candidate, (1 - candidate) * (start * fasterShare(index + 1 - before) + earned));
  });
}

/** How many of the values before each place (and before the end) fit. */
function runningCount(values: readonly number[], fits: (value: number) => boolean): Uint32Array {
  const counts = new Uint32Array(values.length + 1);
  for (const [index, value] of values.entries()) counts[index + 1] = (counts[index] ?? 0) + (fits(value) ? 1 : 0);
  return counts;
}

function decided(pValues: readonly number[], levelOf: (index: number, discoveries: readonly number[]) => number): OnlineDecision {
  const levels: number[] = [];
  const discoveries: number[] = [];
  for (const [index, p] of pValues.entries()) {
    const level = levelOf(index, discoveries);
    levels.push(level);
    if (p <= level) discoveries.push(index);
  }
  const found = new Set(discoveries);
  return { levels, rejected: pValues.map((_, index) => found.has(index)) };
}
