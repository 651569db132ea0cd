import type { BlockSums } from '../statistics/intervals/clustered-mean.ts';
import { blockTotals } from './block-totals.ts';
import type { ResamplingBlocks } from './resampling-blocks.ts';
import type { GroupRate, RowRates } from './row-rates.ts';

/** How a model treats one group, as sums over days: one for each rate that its task has. */
export interface GroupTotals {
  readonly name: string;
  readonly rates: Readonly<Partial<Record<GroupRate, BlockSums>>>;
}

/** The sums behind every fairness measure of a group. Rows whose value is NaN are left out. */
export function groupTotals(
  { name, positions }: { readonly name: string; readonly positions: readonly number[] },
  rates: RowRates,
  blocks: ResamplingBlocks,
): GroupTotals {
  const totals = Object.entries(rates).flatMap(([rate, values]) =>
    values === undefined ? [] : [[rate, blockTotals(values, positions, blocks)] as const],
  );
  return { name, rates: Object.fromEntries(totals) };
}
