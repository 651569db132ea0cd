import { logGamma } from '../../pipelines/core/statistics/distributions/log-gamma.ts';

/**
 * Rows by class of a sample of independent rows, without drawing the rows: one exact binomial a class, given what is left. The same as counting
 * drawn rows, at a cost that hardly depends on their number.
 */
export function drawCounts(shares: readonly number[], rows: number, next: () => number): number[] {
  let left = rows;
  let share = 1;
  return shares.map((each, index) => {
    if (left === 0) return 0;
    const count = index === shares.length - 1 || each >= share ? left : drawBinomial(left, each / share, next);
    left -= count;
    share -= each;
    return count;
  });
}

/** Logarithms of factorials, each worked out once. */
const logFactorials: number[] = [];

function logFactorial(whole: number): number {
  const known = logFactorials[whole];
  if (known !== undefined) return known;
  for (let next = logFactorials.length; next <= whole; next += 1) logFactorials.push(logGamma(next + 1));
  return logFactorials[whole] ?? Number.NaN;
}

/** A binomial by inversion outwards from its mode: exact up to rounding. */
export function drawBinomial(trials: number, probability: number, next: () => number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return trials;
  const odds = probability / (1 - probability);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const log = logFactorial(trials) - logFactorial(mode) - logFactorial(trials - mode);
  let [low, high] = [mode, mode];
  let below = Math.exp(log + mode * Math.log(probability) + (trials - mode) * Math.log1p(-probability));
  let above = below;
  let rest = next() - below;
  while (rest > 0 && (low > 0 || high < trials)) {
    if (high < trials) {
      above *= (odds * (trials - high)) / (high + 1);
      high += 1;
      rest -= above;
      if (rest <= 0) return high;
    }
    if (low > 0) {
      below *= low / (odds * (trials - low + 1));
      low -= 1;
      rest -= below;
      if (rest <= 0) return low;
    }
  }
  return mode;
}
