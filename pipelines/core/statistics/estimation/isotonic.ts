/** Rows to fit: outcome `y` against `x`, parallel; a row counts `weight` times (1 when left out, 0 leaves it out). */
export interface IsotonicRows {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
}

/** A non-decreasing curve: breakpoints at ascending `x`; only those that shape it are kept. */
export interface IsotonicFit {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Block {
  readonly first: number;
  readonly last: number;
  readonly sum: number;
  readonly weight: number;
}

/**
 * Isotonic regression: the non-decreasing curve nearest to the rows (least squares), for turning scores into probabilities.
 *
 * In words: average the outcomes of equal x, then pool neighbouring groups into their mean as long as one is below the group before it
 * (pool adjacent violators, Barlow et al. 1972; https://scikit-learn.org/stable/modules/isotonic.html, with which it agrees). Does not depend on the
 * order of rows up to rounding. Too free for fewer than some hundred rows: cross-fit it. Throws a RangeError without rows of positive weight, or on NaN.
 * O(n log n).
 *
 * @example isotonicFit({ x: [3, 1, 2], y: [1, 0, 0] }); // => { x: [1, 2, 3], y: [0, 0, 1] }
 */
export function isotonicFit(rows: IsotonicRows): IsotonicFit {
  const blocks: Block[] = [];
  const groups = groupByX(rows);
  for (const group of groups) {
    let block = group;
    let before = blocks.at(-1);
    // A tie pools too, so that every level part is one block.
    while (before !== undefined && before.sum / before.weight >= block.sum / block.weight) {
      block = { first: before.first, last: block.last, sum: before.sum + block.sum, weight: before.weight + block.weight };
      blocks.pop();
      before = blocks.at(-1);
    }
    blocks.push(block);
  }
  const ends = blocks.flatMap(({ first, last, sum, weight }) =>
    (first === last ? [first] : [first, last]).map((x) => [x, sum / weight] as const),
  );
  return { x: ends.map(([x]) => x), y: ends.map(([, y]) => y) };
}

/**
 * The curve at a value: linear between breakpoints, level beyond the outer ones; NaN for NaN. O(log breakpoints).
 *
 * @example isotonicAt({ x: [1, 3], y: [0, 1] }, 2); // => 0.5
 */
export function isotonicAt({ x, y }: IsotonicFit, value: number): number {
  if (Number.isNaN(value)) return Number.NaN;
  let low = 0;
  let high = x.length - 1;
  if (value <= (x[low] ?? 0)) return y[low] ?? Number.NaN;
  if (value >= (x[high] ?? 0)) return y[high] ?? Number.NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  const from = x[low] ?? 0;
  const to = x[high] ?? 0;
  const start = y[low] ?? 0;
  const end = y[high] ?? 0;
  return start + ((end - start) * (value - from)) / (to - from);
}

/** Rows of equal x as one block each, ascending. */
function groupByX({ x, y, weight }: IsotonicRows): Block[] {
  const order = Array.from(x, (_, row) => row).filter((row) => (weight === undefined ? 1 : (weight[row] ?? 0)) > 0);
  order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const groups: Block[] = [];
  for (const row of order) {
    const [at = Number.NaN, outcome = Number.NaN, times = 1] = [x[row], y[row], weight?.[row]];
    if (Number.isNaN(at) || Number.isNaN(outcome)) throw new RangeError('isotonicFit requires numbers in x and y');
    const last = groups.at(-1);
    if (last?.first === at) groups[groups.length - 1] = { ...last, sum: last.sum + outcome * times, weight: last.weight + times };
    else groups.push({ first: at, last: at, sum: outcome * times, weight: times });
  }
  if (groups.length === 0) throw new RangeError('isotonicFit requires at least one row of positive weight');
  return groups;
}
