import type { SheetDistance, SheetSummary } from '../../schema/drift-sheet.ts';
import { energyDistance } from '../../statistics/distances/energy-distance.ts';
import { linearQuantile } from '../../statistics/distances/linear-quantile.ts';
import { scaledWasserstein } from '../../statistics/distances/scaled-wasserstein.ts';
import { summaryStatistics } from '../../statistics/distances/summary-statistics.ts';
import { levelsOf } from './frozen-classes.ts';

const QUANTILES = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

/** Both sides of a column of numbers, ascending, without missing values; neither is empty. */
export interface SortedPair {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** How far numbers have moved: none is bounded, so none decides. The winsorised one is the one to read: a far value cannot make it. */
export function winsorisedShift({ reference, current }: SortedPair): number | null {
  return scaledWasserstein(weighted(reference), weighted(current)).winsorised;
}

/** Every distance between the numbers of two samples. */
export function numberDistances({ reference, current }: SortedPair): SheetDistance[] {
  const moved = scaledWasserstein(weighted(reference), weighted(current));
  const outside = moved.outside > 0 ? `; ${Number((100 * moved.outside).toPrecision(3))} % of the rows lie outside that range` : '';
  const flat = 'the quartiles of the reference coincide';
  return [
    {
      id: 'wassersteinWinsorised',
      value: moved.winsorised,
      use: 'report',
      note: moved.winsorised === null ? flat : `in robust standard deviations, cut to the range of 99.8 % of the reference${outside}`,
    },
    {
      id: 'wasserstein',
      value: moved.distance,
      use: 'report-only',
      note: 'how far a row has to move on average, in the unit of the column',
    },
    { id: 'wassersteinByDeviation', value: moved.byDeviation, use: 'report-only', note: 'in standard deviations of the reference' },
    {
      id: 'wassersteinByQuartiles',
      value: moved.byQuartiles,
      use: 'report-only',
      note: moved.byQuartiles === null ? flat : 'in quartile ranges of the reference / 1.349',
    },
    { id: 'energy', value: energyDistance(reference, current), use: 'report-only', note: 'in the square root of the unit' },
  ];
}

/** What the numbers of one side look like. */
export function numberSummary(sorted: Float64Array): SheetSummary {
  const { rows, mean, sum, median, standardDeviation } = summaryStatistics(sorted);
  return { rows, mean, sum, median, standardDeviation, quantiles: QUANTILES.map((share) => [share, linearQuantile(sorted, share)]) };
}

function weighted(sorted: Float64Array): { value: number; weight: number }[] {
  return levelsOf(sorted).map(({ value, rows }) => ({ value, weight: rows }));
}
