import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { Disparity } from '../schema/group-report.ts';
import { phraseCount, phraseQuantity } from '../schema/phrase-number.ts';
import { studentTQuantile } from '../statistics/distributions/student-t-quantile.ts';
import { clusteredDifference } from '../statistics/intervals/clustered-difference.ts';
import { type BlockSums, clusteredMean } from '../statistics/intervals/clustered-mean.ts';
import { clusteredShare } from '../statistics/intervals/clustered-share.ts';
import { differenceOfShares } from '../statistics/intervals/difference-of-shares.ts';
import { ratioOfMeans } from '../statistics/intervals/ratio-of-means.ts';
import { ratioOfShares } from '../statistics/intervals/ratio-of-shares.ts';
import { rowsOf } from './block-totals.ts';
import type { GroupTotals } from './group-totals.ts';
import type { GroupRate } from './row-rates.ts';

interface Comparison {
  /** Which rates of a group are compared; of several, the one that is furthest apart counts. */
  readonly rates: readonly GroupRate[];
  readonly by: 'difference of shares' | 'ratio of shares' | 'difference of means' | 'ratio of means';
  /** What a group needs enough of. */
  readonly needs: string;
  /** Why a ratio has no value. */
  readonly none: string;
}

/** How each measure compares groups. */
export const COMPARISONS: Readonly<Record<FairnessMeasure, Comparison>> = {
  selectionRatio: comparison(['selection'], 'ratio of shares', { needs: 'rows', none: 'Nobody was called positive in any group.' }),
  equalOpportunityDifference: comparison(['truePositives'], 'difference of shares', { needs: 'labelled positives' }),
  equalisedOddsDifference: comparison(['truePositives', 'falsePositives'], 'difference of shares', {
    needs: 'labelled positives and as many negatives',
  }),
  calibrationDifference: comparison(['calibration'], 'difference of means', { needs: 'labelled rows' }),
  accuracyDifference: comparison(['right'], 'difference of shares', { needs: 'labelled rows' }),
  meanErrorDifference: comparison(['error'], 'difference of means', { needs: 'labelled rows' }),
  absoluteErrorDifference: comparison(['absoluteError'], 'difference of means', { needs: 'labelled rows' }),
  absoluteErrorRatio: comparison(['absoluteError'], 'ratio of means', { needs: 'labelled rows', none: 'No group has any error.' }),
};

function comparison(
  rates: readonly GroupRate[],
  by: Comparison['by'],
  { needs, none = '' }: { readonly needs: string; readonly none?: string },
): Comparison {
  return { rates, by, needs, none };
}

/**
 * How far apart the two groups are that differ most: the lowest selection rate as a share of the highest (four-fifths rule, 29 CFR 1607.4 D), the difference of recalls (equal
 * opportunity) or of recalls and false-positive rates, whichever is larger (equalised odds; Hardt, Price and Srebro 2016, https://arxiv.org/abs/1610.02413), of the calibration gaps, of the shares of right
 * calls, of mean errors; or the smallest mean absolute error as a part of the largest.
 *
 * The groups are chosen for being far apart, so the interval is widened until it holds for every pair of groups at once (Bonferroni): Katz for a ratio of shares, Newcombe for differences of
 * shares, Student for means, all over days. Values agree with fairlearn's demographic_parity_ratio, equal_opportunity_difference, equalized_odds_difference and MetricFrame. Groups with fewer than `least`
 * rows behind a rate are left out of its measure.
 */
export function groupDisparity(
  measure: FairnessMeasure,
  groups: readonly GroupTotals[],
  { level, least }: { readonly level: number; readonly least: number },
): Disparity {
  const compared = comparedSides(measure, groups, least);
  const sampleSize = compared.flat().reduce((sum, { totals }) => sum + rowsOf(totals), 0);
  const fewest = Math.min(...compared.map((sides) => sides.length));
  if (fewest < 2) {
    const why = `${phraseQuantity(fewest, 'group')} with ${phraseCount(Math.max(1, least))} or more ${COMPARISONS[measure].needs} can be shown; two are needed.`;
    return { value: null, interval: null, lowest: null, highest: null, sampleSize, why };
  }
  const pairs = compared.reduce((sum, sides) => sum + (sides.length * (sides.length - 1)) / 2, 0);
  const simultaneous = 1 - (1 - level) / pairs;
  const widest = compared
    .map(extremesOf)
    .reduce((found, each) => (each.highest.mean - each.lowest.mean > found.highest.mean - found.lowest.mean ? each : found));
  const { lowest, highest } = widest;
  return { ...distance(measure, widest, { simultaneous, level }), lowest: lowest.name, highest: highest.name, sampleSize };
}

/** A group in one of the rates that a measure compares. */
export interface Side {
  readonly name: string;
  readonly totals: BlockSums;
}

/** For each rate of a measure, the groups with at least `least` rows behind it. */
export function comparedSides(measure: FairnessMeasure, groups: readonly GroupTotals[], least: number): Side[][] {
  return COMPARISONS[measure].rates.map((rate) =>
    groups.flatMap(({ name, rates }) => {
      const totals = rates[rate];
      return totals === undefined || rowsOf(totals) < Math.max(1, least) ? [] : [{ name, totals }];
    }),
  );
}

interface Extremes {
  readonly lowest: Side & { readonly mean: number };
  readonly highest: Side & { readonly mean: number };
}

function extremesOf(sides: readonly Side[]): Extremes {
  const ranked = sides.map((side) => ({ ...side, mean: clusteredMean(side.totals).mean })).sort((a, b) => a.mean - b.mean);
  const [lowest, highest] = [ranked[0], ranked.at(-1)];
  if (lowest === undefined || highest === undefined) throw new RangeError('there are no groups to compare');
  return { lowest, highest };
}

interface Levels {
  readonly simultaneous: number;
  readonly level: number;
}

function distance(measure: FairnessMeasure, { lowest, highest }: Extremes, levels: Levels): Pick<Disparity, 'value' | 'interval' | 'why'> {
  const { by, none } = COMPARISONS[measure];
  const { simultaneous, level } = levels;
  if (by === 'difference of means') return { ...differenceOfMeans(lowest.totals, highest.totals, levels), why: null };
  if (by === 'ratio of means') {
    const { ratio, interval } = ratioOfMeans(lowest.totals, highest.totals, simultaneous);
    return { value: ratio, interval: interval === null ? null : { ...interval, level }, why: ratio === null ? none : null };
  }
  const [low, high] = [clusteredShare(lowest.totals, simultaneous), clusteredShare(highest.totals, simultaneous)];
  if (by === 'ratio of shares') {
    const { ratio, interval } = ratioOfShares(low, high, simultaneous);
    return { value: ratio, interval: ratio === null ? null : { ...interval, level }, why: ratio === null ? none : null };
  }
  const interval = differenceOfShares(low, high, simultaneous);
  return { value: high.value - low.value, interval: { lower: Math.max(0, interval.lower), upper: interval.upper, level }, why: null };
}

/** Both groups live through the same days, so what a day does to both cancels. */
function differenceOfMeans(low: BlockSums, high: BlockSums, { simultaneous, level }: Levels): Pick<Disparity, 'value' | 'interval'> {
  const [one, other] = [clusteredMean(low), clusteredMean(high)];
  const value = other.mean - one.mean;
  const error = clusteredDifference(high, low)?.standardError;
  const degrees = Math.min(one.blocks, other.blocks) - 1;
  if (error === undefined || degrees < 1) return { value, interval: null };
  const half = studentTQuantile((1 - simultaneous) / 2, degrees) * error;
  return { value, interval: { lower: Math.max(0, value - half), upper: value + half, level } };
}
