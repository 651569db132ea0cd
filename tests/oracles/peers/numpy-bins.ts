import { linearQuantile } from '../../../pipelines/core/statistics/distances/linear-quantile.ts';

/** How NumPy 1.26 chooses the width of equal-width bins (numpy.histogram_bin_edges). */
export type BinRule = 'doane' | 'sturges' | 'fd' | 'auto' | 'scott';

/** Edges of equal-width bins from the smallest to the largest value. */
export function binEdges(values: ArrayLike<number>, rule: BinRule): number[] {
  const sorted = Float64Array.from(values).sort();
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  const width = widths[rule](sorted, high - low);
  return evenEdges(low, high, width > 0 ? Math.ceil((high - low) / width) : 1);
}

/** Doane's edges of a sample given as ascending values with their rows. */
export function doaneEdges(values: readonly number[], counts: readonly number[]): number[] {
  const points = counts.flatMap((count, index) => (count > 0 ? [{ value: values[index] ?? 0, count }] : []));
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const mean = points.reduce((sum, { value, count }) => sum + value * count, 0) / rows;
  const deviation = Math.sqrt(points.reduce((sum, { value, count }) => sum + count * (value - mean) ** 2, 0) / rows);
  const skew = points.reduce((sum, { value, count }) => sum + count * ((value - mean) / deviation) ** 3, 0) / rows;
  const [low, high] = [points[0]?.value ?? 0, points.at(-1)?.value ?? 0];
  return evenEdges(low, high, Math.ceil((high - low) / doaneWidth({ rows, span: high - low, skew })));
}

/** As many bins of one width, as numpy.linspace computes their edges. */
export function evenEdges(low: number, high: number, bins: number): number[] {
  const step = (high - low) / bins;
  return Array.from({ length: bins + 1 }, (_, index) => (index === bins ? high : index * step + low));
}

/** Rows by bin; the last bin is closed, rows outside are not counted (numpy.histogram). */
export function histogram(values: ArrayLike<number>, edges: readonly number[]): number[] {
  const bins = edges.length - 1;
  const [low = 0, high = 0] = [edges[0], edges[bins]];
  const counts = new Array<number>(bins).fill(0);
  for (const value of Array.from(values)) {
    if (!(value >= low && value <= high)) continue;
    let bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    while (bin > 0 && value < (edges[bin] ?? 0)) bin -= 1;
    while (bin < bins - 1 && value >= (edges[bin + 1] ?? 0)) bin += 1;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** Mean and standard deviation with n. */
export function moments(values: ArrayLike<number>): { mean: number; deviation: number } {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) };
}

const widths: Readonly<Record<BinRule, (sorted: Float64Array, span: number) => number>> = { doane, sturges, fd, auto, scott };

function doane(sorted: Float64Array, span: number): number {
  const { mean, deviation } = moments(sorted);
  return doaneWidth({
    rows: sorted.length,
    span,
    skew: sorted.reduce((sum, value) => sum + ((value - mean) / deviation) ** 3, 0) / sorted.length,
  });
}

function doaneWidth({ rows, span, skew }: { rows: number; span: number; skew: number }): number {
  const skewError = Math.sqrt((6 * (rows - 2)) / ((rows + 1) * (rows + 3)));
  return span / (1 + Math.log2(rows) + Math.log2(1 + Math.abs(skew) / skewError));
}

function sturges(sorted: Float64Array, span: number): number {
  return span / (Math.log2(sorted.length) + 1);
}

function fd(sorted: Float64Array): number {
  return (2 * (linearQuantile(sorted, 0.75) - linearQuantile(sorted, 0.25))) / sorted.length ** (1 / 3);
}

function auto(sorted: Float64Array, span: number): number {
  const narrow = fd(sorted);
  return narrow > 0 ? Math.min(narrow, sturges(sorted, span)) : sturges(sorted, span);
}

function scott(sorted: Float64Array): number {
  return ((24 * Math.sqrt(Math.PI)) / sorted.length) ** (1 / 3) * moments(sorted).deviation;
}
