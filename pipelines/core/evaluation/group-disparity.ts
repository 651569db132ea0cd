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
import { COMPARISONS } from './group-comparisons.ts';
import type { GroupTotals } from './group-totals.ts';
import type { ClassRate, GroupRate } from './row-rates.ts';

/**
 * How far apart the two groups are that differ most: the lowest selection rate as a share of the highest (four-fifths rule, 29 CFR 1607.4 D), the difference of recalls (equal
 * opportunity) or of recalls and false-positive rates, whichever is larger (equalised odds; Hardt, Price and Srebro 2016, https://arxiv.org/abs/1610.02413), of the calibration gaps, of the shares of right
 * calls, of mean errors; or the smallest mean absolute error as a part of the largest.
 *
 * The groups are chosen for being far apart, so the interval is widened until it holds for every pair of groups at once (Bonferroni): Katz for a ratio of shares, Newcombe for differences of
 * shares, Student for means, all over days. Of a multiclass model without favourable classes each class is compared against all others, and the class in which groups differ most counts. Values agree with fairlearn's demographic_parity_ratio, equal_opportunity_difference, equalized_odds_difference and MetricFrame. Groups with fewer than `least`
 * rows behind a rate are left out of its measure.
 */
export function groupDisparity(
  measure: FairnessMeasure,
  groups: readonly GroupTotals[],
  { level, least }: { readonly level: number; readonly least: number },
): Disparity {
  if (COMPARISONS[measure].byClass) return classDisparity(measure, groups, { level, least });
  const compared = comparedSides(measure, groups, least);
  const sampleSize = compared.flat().reduce((sum, { totals }) => sum + rowsOf(totals), 0);
  const fewest = Math.min(...compared.map((sides) => sides.length));
  if (fewest < 2) {
    const why = `${phraseQuantity(fewest, 'group')} with ${phraseCount(Math.max(1, least))} or more ${COMPARISONS[measure].needs} can be shown; two are needed.`;
    return { value: null, interval: null, lowest: null, highest: null, sampleSize, why };
  }
  const widest = widestOf(compared);
  const { lowest, highest } = widest;
  return {
    ...distance(measure, widest, { simultaneous: forAllPairs(compared, level), level }),
    lowest: lowest.name,
    highest: highest.name,
    sampleSize,
  };
}

/** `sampleSize`: labelled rows of the groups, whatever their class: how many are of a class is not told by group. */
function classDisparity(
  measure: FairnessMeasure,
  groups: readonly GroupTotals[],
  { level, least }: { readonly level: number; readonly least: number },
): Disparity {
  const sampleSize = groups.reduce((sum, { rates }) => sum + (rates.right === undefined ? 0 : rowsOf(rates.right)), 0);
  const rates = classRatesOf(measure, groups);
  const compared = sidesOf(rates, groups, least).map((sides, place) => ({ sides, name: classOf(rates[place]) }));
  const enough = compared.filter(({ sides }) => sides.length > 1);
  const named = new Set(enough.map(({ name }) => name));
  const uncompared = [...new Set(compared.map(({ name }) => name))].filter((name) => !named.has(name));
  const left = uncompared.length === 0 ? {} : { uncompared };
  if (enough.length === 0) {
    const why = `No class has two groups with ${phraseCount(Math.max(1, least))} or more ${COMPARISONS[measure].needs} that can be shown.`;
    return { value: null, interval: null, lowest: null, highest: null, ...left, sampleSize, why };
  }
  const sides = enough.map((each) => each.sides);
  const widest = widestOf(sides);
  const { lowest, highest } = widest;
  const name = enough.find((each) => each.sides.some(({ totals }) => totals === lowest.totals))?.name ?? '';
  return {
    ...distance(measure, widest, { simultaneous: forAllPairs(sides, level), level }),
    lowest: lowest.name,
    highest: highest.name,
    class: name,
    ...left,
    sampleSize,
  };
}

function classRatesOf(measure: FairnessMeasure, groups: readonly GroupTotals[]): ClassRate[] {
  const known = Object.keys(groups[0]?.rates ?? {}) as GroupRate[];
  return known.filter((rate): rate is ClassRate => COMPARISONS[measure].rates.some((plain) => rate.startsWith(`${plain} of `)));
}

function classOf(rate: ClassRate | undefined): string {
  return (rate ?? '').slice((rate ?? '').indexOf(' of ') + ' of '.length);
}

/** The confidence of each interval so that all pairs of groups hold together. */
function forAllPairs(compared: readonly (readonly Side[])[], level: number): number {
  const pairs = compared.reduce((sum, sides) => sum + (sides.length * (sides.length - 1)) / 2, 0);
  return 1 - (1 - level) / pairs;
}

function widestOf(compared: readonly (readonly Side[])[]): Extremes {
  return compared
    .map(extremesOf)
    .reduce((found, each) => (each.highest.mean - each.lowest.mean > found.highest.mean - found.lowest.mean ? each : found));
}

/** A group in one of the rates that a measure compares. */
export interface Side {
  readonly name: string;
  readonly totals: BlockSums;
}

/** For each rate of a measure, the groups with at least `least` rows behind it. */
export function comparedSides(measure: FairnessMeasure, groups: readonly GroupTotals[], least: number): Side[][] {
  return sidesOf(COMPARISONS[measure].rates, groups, least);
}

function sidesOf(wanted: readonly GroupRate[], groups: readonly GroupTotals[], least: number): Side[][] {
  return wanted.map((rate) =>
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
