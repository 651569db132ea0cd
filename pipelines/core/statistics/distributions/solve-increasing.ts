const MAXIMUM_STEPS = 200;

/**
 * The argument at which an increasing function reaches a target, by bisection inside a bracket.
 *
 * For quantiles, where the distribution function is at hand and speed does not matter
 * (https://en.wikipedia.org/wiki/Bisection_method). The function must not decrease on the bracket. O(200) calls at most.
 *
 * @example solveIncreasing({ of: (x) => x * x, target: 9, lower: 0, upper: 10 }); // => 3
 */
export function solveIncreasing(problem: { of: (x: number) => number; target: number; lower: number; upper: number }): number {
  let { lower, upper } = problem;
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    const middle = lower + (upper - lower) / 2;
    if (middle === lower || middle === upper) break;
    if (problem.of(middle) < problem.target) lower = middle;
    else upper = middle;
  }
  return upper;
}
