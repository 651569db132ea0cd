const MAXIMUM_TERMS = 100;

/**
 * The limiting distribution of Kolmogorov's statistic: probability that sqrt(n) · D exceeds x for large n.
 *
 * Formula: 2 · Σ (−1)^(k−1) · e^(−2k²x²) for large x, its theta-function twin for small x (https://dlmf.nist.gov/20.7#viii; Kolmogorov 1933).
 * Only for large samples: use `kstwoUpperTail` when the number of rows is known. O(1).
 *
 * No command uses it: `kstwoUpperTail` is right for samples of any size. It is kept to check that one at its limit.
 *
 * @example kolmogorovUpperTail(1); // => 0.26999967167735467
 */
export function kolmogorovUpperTail(x: number): number {
  if (x <= 0) return 1;
  return x < 1 ? 1 - smallArgument(x) : largeArgument(x);
}

function largeArgument(x: number): number {
  let sum = 0;
  for (let k = 1; k <= MAXIMUM_TERMS; k += 1) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, 2 * sum);
}

function smallArgument(x: number): number {
  let sum = 0;
  for (let k = 1; k <= MAXIMUM_TERMS; k += 1) {
    const odd = 2 * k - 1;
    const term = Math.exp((-odd * odd * Math.PI * Math.PI) / (8 * x * x));
    sum += term;
    if (term <= sum * 1e-17) break;
  }
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}
