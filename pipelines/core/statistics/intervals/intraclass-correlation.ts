/** Sums of a value and of its squares over blocks of rows, and the rows of each block. Of equal length. */
export interface BlockMoments {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly rows: Float64Array;
}

/**
 * How alike the rows of a block are: the correlation of two rows of one block, 0 for blocks that differ no more than rows do.
 *
 * Analysis of variance: (MSB − MSW) / (MSB + (n₀ − 1)·MSW), n₀ = (N − Σn²/N)/(b − 1), of b blocks (Donner 1986, https://doi.org/10.2307/1403259, section 2), no less than 0. The mean of rows nᵢ of these
 * blocks then has 1 + (Σnᵢ²/Σnᵢ − 1)·ρ times the variance of independent rows (Moulton 1986, https://doi.org/10.1016/0304-4076(86)90021-7). 0 with fewer than two blocks, or one row a block. O(blocks).
 *
 * @example intraclassCorrelation({ sums: Float64Array.of(0, 2), squares: Float64Array.of(0, 2), rows: Float64Array.of(2, 2) }); // => 1
 */
export function intraclassCorrelation({ sums, squares, rows }: BlockMoments): number {
  let [blocks, all, sum, square, between, sizes] = [0, 0, 0, 0, 0, 0];
  for (const [block, count] of rows.entries()) {
    if (count === 0) continue;
    const of = sums[block] ?? 0;
    blocks += 1;
    all += count;
    sum += of;
    square += squares[block] ?? 0;
    between += of ** 2 / count;
    sizes += count ** 2;
  }
  if (blocks < 2 || all <= blocks) return 0;
  const within = Math.max(0, square - between) / (all - blocks);
  const among = Math.max(0, between - sum ** 2 / all) / (blocks - 1);
  const usual = (all - sizes / all) / (blocks - 1);
  const whole = among + (usual - 1) * within;
  return whole > 0 ? Math.max(0, (among - within) / whole) : 0;
}
