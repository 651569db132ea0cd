import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { Disparity } from '../schema/group-report.ts';
import { studentTQuantile } from '../statistics/distributions/student-t-quantile.ts';
import type { BlockSums } from '../statistics/intervals/clustered-mean.ts';
import { clusteredMean } from '../statistics/intervals/clustered-mean.ts';
import { clusteredShare } from '../statistics/intervals/clustered-share.ts';
import { differenceOfShares } from '../statistics/intervals/difference-of-shares.ts';
import { ratioOfShares } from '../statistics/intervals/ratio-of-shares.ts';
import { rowsOf } from './block-totals.ts';
import type { GroupTotals } from './group-totals.ts';

/** Which rates of a group each measure compares. */
export const RATES: Readonly<Record<FairnessMeasure, readonly ('selection' | 'truePositives' | 'falsePositives' | 'calibration')[]>> = {
  selectionRatio: ['selection'],
  equalOpportunityDifference: ['truePositives'],
  equalisedOddsDifference: ['truePositives', 'falsePositives'],
  calibrationDifference: ['calibration'],
};

/** How the words of a measure begin a sentence. */
const TOO_FEW: Readonly<Record<FairnessMeasure, string>> = {
  selectionRatio: 'Fewer than two groups have enough rows.',
  equalOpportunityDifference: 'Fewer than two groups have enough labelled positives.',
  equalisedOddsDifference: 'Fewer than two groups have enough labelled positives and negatives.',
  calibrationDifference: 'Fewer than two groups have enough labelled rows.',
};

/**
 * How far apart the two groups are that differ most: the lowest selection rate as a share of the highest (four-fifths rule, 29 CFR 1607.4 D), the difference of recalls (equal
 * opportunity) or of recalls and false-positive rates, whichever is larger (equalised odds; Hardt, Price and Srebro 2016, https://arxiv.org/abs/1610.02413), or of the calibration gaps.
 *
 * The groups are chosen for being far apart, so the interval is widened until it holds for every pair of groups at once (Bonferroni): Katz for the ratio, Newcombe for differences of
 * shares, Student for calibration, all over days. Values agree with fairlearn's demographic_parity_ratio, equal_opportunity_difference and equalized_odds_difference. Groups with fewer than `least`
 * rows behind a rate are left out of its measure.
 */
export function groupDisparity(
  measure: FairnessMeasure,
  groups: readonly GroupTotals[],
  { level, least }: { readonly level: number; readonly least: number },
): Disparity {
  const compared = RATES[measure].map((rate) =>
    groups.flatMap((group) => (rowsOf(group[rate]) >= Math.max(1, least) ? [{ name: group.name, totals: group[rate] }] : [])),
  );
  const sampleSize = compared.flat().reduce((sum, { totals }) => sum + rowsOf(totals), 0);
  if (compared.some((sides) => sides.length < 2)) {
    return { value: null, interval: null, lowest: null, highest: null, sampleSize, why: TOO_FEW[measure] };
  }
  const pairs = compared.reduce((sum, sides) => sum + (sides.length * (sides.length - 1)) / 2, 0);
  const simultaneous = 1 - (1 - level) / pairs;
  const extremes = compared.map((sides) => extremesOf(sides));
  const widest = extremes.reduce((found, each) =>
    each.highest.mean - each.lowest.mean > found.highest.mean - found.lowest.mean ? each : found,
  );
  const { lowest, highest } = widest;
  return { ...distance(measure, widest, simultaneous, level), lowest: lowest.name, highest: highest.name, sampleSize };
}

interface Side {
  readonly name: string;
  readonly totals: BlockSums;
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

function distance(
  measure: FairnessMeasure,
  { lowest, highest }: Extremes,
  simultaneous: number,
  level: number,
): Pick<Disparity, 'value' | 'interval' | 'why'> {
  if (measure === 'calibrationDifference')
    return { ...differenceOfMeans(lowest.totals, highest.totals, { simultaneous, level }), why: null };
  const [low, high] = [clusteredShare(lowest.totals, simultaneous), clusteredShare(highest.totals, simultaneous)];
  if (measure === 'selectionRatio') {
    const { ratio, interval } = ratioOfShares(low, high, simultaneous);
    const why = ratio === null ? 'Nobody was called positive in any group.' : null;
    return { value: ratio, interval: ratio === null ? null : { ...interval, level }, why };
  }
  const interval = differenceOfShares(low, high, simultaneous);
  return { value: high.value - low.value, interval: { lower: Math.max(0, interval.lower), upper: interval.upper, level }, why: null };
}

function differenceOfMeans(
  low: BlockSums,
  high: BlockSums,
  { simultaneous, level }: { readonly simultaneous: number; readonly level: number },
): Pick<Disparity, 'value' | 'interval'> {
  const [one, other] = [clusteredMean(low), clusteredMean(high)];
  const value = other.mean - one.mean;
  if (one.standardError === null || other.standardError === null) return { value, interval: null };
  const degrees = Math.min(one.blocks, other.blocks) - 1;
  const half = studentTQuantile((1 - simultaneous) / 2, degrees) * Math.hypot(one.standardError, other.standardError);
  return { value, interval: { lower: Math.max(0, value - half), upper: value + half, level } };
}
