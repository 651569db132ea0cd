import { hellingerDistance } from '../../../pipelines/core/statistics/distances/hellinger.ts';
import { jensenShannonDistance } from '../../../pipelines/core/statistics/distances/jensen-shannon.ts';
import { wasserstein } from '../../../pipelines/core/statistics/distances/wasserstein.ts';
import { kolmogorovSmirnov } from '../../../pipelines/core/statistics/hypotheses/kolmogorov-smirnov.ts';
import { binEdges, evenEdges, histogram, moments } from './numpy-bins.ts';

/** NannyML computes exactly below this many reference rows, from bins of equal width above. */
const EXACT_BELOW = 10_000;
const BINS = 10_000;

/** The four distances that NannyML takes of a number. */
export type NannymlDistances = Readonly<Record<'kolmogorov_smirnov' | 'wasserstein' | 'jensen_shannon' | 'hellinger', number>>;

/**
 * What NannyML 0.13.1 computes of a number, written down from its published definition: Jensen-Shannon and Hellinger on Doane bins of the
 * reference with one bin for both tails; Kolmogorov-Smirnov and Wasserstein on 10,000 equal-width bins from 10,000 reference rows on.
 */
export function nannymlNumbers(reference: ArrayLike<number>): (chunk: ArrayLike<number>) => NannymlDistances {
  const doane = binEdges(reference, 'doane');
  const inBins = histogram(reference, doane);
  const cumulated = reference.length < EXACT_BELOW ? exact(reference) : estimated(reference);
  return (chunk) => {
    const counts = histogram(chunk, doane);
    const left = chunk.length - counts.reduce((sum, count) => sum + count, 0);
    const [p, q] =
      left > 0
        ? [
            [...inBins, 0],
            [...counts, left],
          ]
        : [inBins, counts];
    return { jensen_shannon: jensenShannonDistance(p, q), hellinger: hellingerDistance(p, q), ...cumulated(chunk) };
  };
}

/** A threshold of NannyML: mean ± multiplier standard deviations (with n) of the reference's own chunks, cut at the limits of the measure. */
export function nannymlThreshold(values: readonly number[], multiplier = 3): { lower: number; upper: number } {
  const { mean, deviation } = moments(values);
  return { lower: mean - multiplier * deviation, upper: mean + multiplier * deviation };
}

type Cumulated = Pick<NannymlDistances, 'kolmogorov_smirnov' | 'wasserstein'>;

function exact(reference: ArrayLike<number>): (chunk: ArrayLike<number>) => Cumulated {
  const points = (values: ArrayLike<number>) => Array.from(values, (value) => ({ value, weight: 1 }));
  return (chunk) => ({
    kolmogorov_smirnov: kolmogorovSmirnov(reference, chunk, 'asymptotic').statistic,
    wasserstein: wasserstein(points(reference), points(chunk)),
  });
}

function estimated(reference: ArrayLike<number>): (chunk: ArrayLike<number>) => Cumulated {
  const sorted = Float64Array.from(reference).sort();
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  const edges = evenEdges(low, high, BINS);
  const before = histogram(sorted, edges);
  const width = (edges[1] ?? 0) - low;
  return (chunk) => {
    const after = histogram(chunk, edges);
    const below = Array.from(chunk).filter((value) => value < low);
    const above = Array.from(chunk).filter((value) => value > high);
    // Its Wasserstein counts the edge of the reference as a row of the tail: a row too many below, as published.
    const tail = below.length === 0 ? 0 : (below.length + 1) / chunk.length;
    const [gap, area] = gaps({ before, after, rows: [sorted.length, chunk.length], starts: [below.length / chunk.length, tail] });
    const lower = below.reduce((sum, value) => sum + (low - value), 0);
    const upper = above.reduce((sum, value) => sum + (value - high), 0);
    return { kolmogorov_smirnov: gap, wasserstein: area * width + (lower + upper) / chunk.length };
  };
}

interface Binned {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly rows: readonly [number, number];
  readonly starts: readonly [number, number];
}

/** Largest gap between the distribution functions, and the sum of the gaps. */
function gaps({ before, after, rows, starts }: Binned): [number, number] {
  let [f, g, gap, area] = [0, 0, 0, 0];
  for (const [bin, count] of before.entries()) {
    f += count / rows[0];
    g += (after[bin] ?? 0) / rows[1];
    gap = Math.max(gap, Math.abs(f - g - starts[0]));
    area += Math.abs(f - g - starts[1]);
  }
  return [gap, area];
}
