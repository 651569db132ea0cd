/** Sizes of two samples and the statistic D between them. */
export interface TwoSampleStatistic {
  readonly first: number;
  readonly second: number;
  readonly statistic: number;
}

/**
 * Exact two-sided p value of the two-sample Kolmogorov-Smirnov statistic: the share of all orders of the pooled rows whose D is as large.
 *
 * In words: an order of the pooled rows is a path on a grid; the share of paths that touch the boundary is carried from node to node
 * (Hodges 1958, https://doi.org/10.1007/BF02589501). The share outside is carried, not its complement, so small p values keep their digits.
 * Exact without ties, conservative with them. O(N · M).
 *
 * @example kolmogorovSmirnovExact({ first: 3, second: 4, statistic: 1 }); // => 0.05714285714285714
 */
export function kolmogorovSmirnovExact({ first, second, statistic }: TwoSampleStatistic): number {
  // D is a multiple of 1/(N·M): whole numbers decide whether a node lies on the boundary.
  const boundary = Math.round(statistic * first * second);
  if (boundary === 0) return 1;
  const outside = new Float64Array(second + 1);
  for (let i = 0; i <= first; i += 1) {
    for (let j = 0; j <= second; j += 1) {
      if (Math.abs(i * second - j * first) >= boundary) outside[j] = 1;
      else if (i + j === 0) outside[j] = 0;
      else {
        const fromBelow = i === 0 ? 0 : (outside[j] ?? 0);
        const fromLeft = j === 0 ? 0 : (outside[j - 1] ?? 0);
        outside[j] = (i * fromBelow + j * fromLeft) / (i + j);
      }
    }
  }
  return Math.min(1, outside[second] ?? 1);
}
