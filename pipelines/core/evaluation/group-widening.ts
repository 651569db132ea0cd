import { FAIRNESS_SCALE } from '../schema/fairness-measures.ts';
import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { GroupEstimate } from '../schema/group-report.ts';
import type { BlockSums } from '../statistics/intervals/clustered-mean.ts';
import { pairedBootstrap, type ResampledMeasure } from '../statistics/intervals/paired-bootstrap.ts';
import { rowsOf } from './block-totals.ts';
import { comparedSides } from './group-disparity.ts';
import type { GroupTotals } from './group-totals.ts';

export interface WideningRequest {
  readonly measures: readonly FairnessMeasure[];
  /** The same groups of the same rows under both models. */
  readonly champion: readonly GroupTotals[];
  readonly challenger: readonly GroupTotals[];
  readonly blocks: number;
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
  /** Rows that a rate of a group must have behind it. */
  readonly least: number;
}

/**
 * How much further apart the groups are under the challenger than under the champion, measure by measure; positive is worse. Days are resampled and both models share them
 * (see `pairedBootstrap`). null where a measure has fewer than two groups, or could not be computed in more than 5 % of the resamples.
 */
export function groupWidening(request: WideningRequest): (GroupEstimate | null)[] {
  const { measures, blocks, replicates, level, seed, least } = request;
  const widenings = measures.map((measure): ResampledMeasure => {
    const [before, after] = [resampled(measure, request.champion, least), resampled(measure, request.challenger, least)];
    const sign = FAIRNESS_SCALE[measure] === 'ratio' ? -1 : 1;
    return (multiplicity) => sign * (after(multiplicity) - before(multiplicity));
  });
  const intervals = pairedBootstrap({ units: blocks, replicates, level, seed, measures: widenings });
  const everyBlock = new Uint16Array(blocks).fill(1);
  return measures.map((measure, index) => {
    const value = widenings[index]?.(everyBlock) ?? Number.NaN;
    if (Number.isNaN(value)) return null;
    const interval = intervals[index] ?? null;
    const sampleSize = comparedSides(measure, request.challenger, least)
      .flat()
      .reduce((sum, { totals }) => sum + rowsOf(totals), 0);
    return { value, interval: interval === null ? null : { lower: interval.lower, upper: interval.upper, level }, sampleSize };
  });
}

/** The distance of the extreme groups in a resample; NaN where it cannot be computed. */
function resampled(measure: FairnessMeasure, groups: readonly GroupTotals[], least: number): ResampledMeasure {
  const compared = comparedSides(measure, groups, least);
  if (compared.some((sides) => sides.length < 2)) return () => Number.NaN;
  return (multiplicity) => {
    const rates = compared.map((sides) => sides.map(({ totals }) => meanOf(totals, multiplicity)));
    if (rates.flat().some(Number.isNaN)) return Number.NaN;
    if (FAIRNESS_SCALE[measure] === 'ratio') return ratioOf(rates[0] ?? []);
    return Math.max(...rates.map((each) => Math.max(...each) - Math.min(...each)));
  };
}

function ratioOf(rates: readonly number[]): number {
  const highest = Math.max(...rates);
  return highest === 0 ? Number.NaN : Math.min(...rates) / highest;
}

function meanOf({ sums, rows }: BlockSums, multiplicity: Uint16Array): number {
  let [above, below] = [0, 0];
  for (const [block, times] of multiplicity.entries()) {
    above += times * (sums[block] ?? 0);
    below += times * (rows[block] ?? 0);
  }
  return above / below;
}
