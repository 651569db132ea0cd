import { solveIncreasing } from '../distributions/solve-increasing.ts';

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Rows from which on the bound holds, and how flat it is (above 1/√2; 0.85 is usual). */
export interface EmpiricalProcessRules {
  readonly alpha: number;
  readonly fewestRows: number;
  readonly flatness: number;
}

/**
 * A Kolmogorov-Smirnov bound for every look: the largest gap between an empirical and the true distribution function ever exceeds it, from
 * `fewestRows` on, with probability at most alpha.
 *
 * Formula: A·√((ln(1 + ln(t/m)) + C)/t), with C from alpha and A by minimising a stitched bound of Massart's inequality (Howard and Ramdas 2022, theorem 2,
 * https://arxiv.org/abs/1906.09712; checked against confseq). One sample against a known distribution: add the bound of the reference for two. Infinite
 * before `fewestRows`. O(10,000), so compute it once a run.
 *
 * No command uses it: alarms come from e-values (`restlessEvidence`, `lastingDrop`). It is kept, checked against confseq, as a rule to compare those
 * with.
 *
 * @example empiricalProcessBound(1000, { alpha: 0.05, fewestRows: 100, flatness: 0.85 }).toFixed(5); // => '0.08205'
 */
export function empiricalProcessBound(rows: number, rules: EmpiricalProcessRules): number {
  if (rows < rules.fewestRows) return Number.POSITIVE_INFINITY;
  return rules.flatness * Math.sqrt((Math.log1p(Math.log(rows / rules.fewestRows)) + constantFor(rules)) / rows);
}

function constantFor({ alpha, flatness }: EmpiricalProcessRules): number {
  return solveIncreasing({ of: (constant) => -smallestError(constant, flatness), target: -alpha, lower: 0.5, upper: 200 });
}

/** The error at the best step between epochs. */
function smallestError(constant: number, flatness: number): number {
  const slack = (step: number) => Math.sqrt(step / 2) + Math.sqrt((2 * (step - 1)) / constant);
  const widest = solveIncreasing({ of: slack, target: flatness, lower: 1, upper: 2 * flatness * flatness });
  let [lower, upper] = [1, widest];
  for (let round = 0; round < 100; round += 1) {
    const [left, right] = [upper - GOLDEN * (upper - lower), lower + GOLDEN * (upper - lower)];
    if (errorAt(left, constant, flatness) < errorAt(right, constant, flatness)) upper = right;
    else lower = left;
  }
  return errorAt((lower + upper) / 2, constant, flatness);
}

function errorAt(step: number, constant: number, flatness: number): number {
  const square = (2 / step) * (flatness - Math.sqrt((2 * (step - 1)) / constant)) ** 2;
  if (square <= 1) return Number.POSITIVE_INFINITY;
  return 4 * Math.exp(-square * constant) * (1 + 1 / ((square - 1) * Math.log(step)));
}
