import type { SheetDistance, SheetRule } from '../../schema/drift-sheet.ts';
import { binnedKolmogorovSmirnov } from '../../statistics/distances/binned-kolmogorov-smirnov.ts';
import { cramersV } from '../../statistics/distances/cramers-v.ts';
import { hellingerDistance } from '../../statistics/distances/hellinger.ts';
import { chanceDivergence, jensenShannonDistance } from '../../statistics/distances/jensen-shannon.ts';
import { kullbackLeibler } from '../../statistics/distances/kullback-leibler.ts';
import { lInfinity } from '../../statistics/distances/l-infinity.ts';
import { populationStabilityIndex } from '../../statistics/distances/population-stability-index.ts';
import { totalVariation } from '../../statistics/distances/total-variation.ts';
import { mergeSmallClasses } from '../../statistics/hypotheses/merge-small-classes.ts';
import type { CountedClasses } from './count-classes.ts';

/**
 * Every distance over the classes of a column. The two that a rule may name are taken as the watcher takes them, after classes with an expected count
 * below 5 were merged, so that both say the same of the same rows; all others over the classes as they are. Needs rows on both sides.
 */
export function classDistances(counted: CountedClasses, rule: Pick<SheetRule, 'method'>): SheetDistance[] {
  const { reference, current, labels, ordered } = counted;
  const merged = mergeSmallClasses(counted);
  const [before, now] = [total(reference), total(current)];
  const useOf = (method: SheetRule['method']) => (rule.method === method ? ('deciding' as const) : ('report' as const));
  const largest = lInfinity(reference, current);
  const stability = populationStabilityIndex(merged.reference, merged.current);
  const inOrder = [reference.slice(0, ordered), current.slice(0, ordered)] as const;
  return [
    {
      id: 'jensenShannon',
      value: jensenShannonDistance(merged.reference, merged.current),
      chance: Math.sqrt(chanceDivergence({ classes: merged.groups.length, reference: before, current: now })),
      largest: 1,
      use: useOf('jensenShannon'),
    },
    { id: 'populationStabilityIndex', value: stability.value, chance: stability.nullExpectation, use: useOf('populationStabilityIndex') },
    rawStability(counted),
    bounded('hellinger', hellingerDistance(reference, current)),
    bounded('totalVariation', totalVariation(reference, current), 'the share of rows that would have to change class'),
    bounded('lInfinity', largest.value, `the largest change of one share: ${labels[largest.index] ?? ''}`),
    bounded('cramersV', cramersV(reference, current), 'corrected for bias: it does not grow with the number of classes'),
    ...(ordered > 1 && total(inOrder[0]) > 0 && total(inOrder[1]) > 0
      ? [bounded('binnedKolmogorovSmirnov', binnedKolmogorovSmirnov(...inOrder), 'never above the exact one')]
      : []),
    divergence(counted),
  ];
}

function bounded(id: string, value: number, note?: string): SheetDistance {
  return { id, value, largest: 1, use: 'report', ...(note === undefined ? {} : { note }) };
}

function rawStability({ reference, current }: CountedClasses): SheetDistance {
  const { raw } = populationStabilityIndex(reference, current);
  const note = raw === null ? 'infinite: a class is empty on one side' : 'without smoothing, classes as they are';
  return { id: 'populationStabilityIndexRaw', value: raw, use: 'report-only', note };
}

function divergence({ reference, current }: CountedClasses): SheetDistance {
  const value = kullbackLeibler(reference, current);
  if (Number.isFinite(value))
    return { id: 'kullbackLeibler', value, use: 'report-only', note: 'of the reference from the current shares, in nats' };
  return { id: 'kullbackLeibler', value: null, use: 'report-only', note: 'infinite: a class of the reference is empty now' };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
