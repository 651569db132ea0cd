import type { SheetTest } from '../../schema/drift-sheet.ts';
import { populationStabilityIndex } from '../../statistics/distances/population-stability-index.ts';
import { seededRandom } from '../../statistics/distributions/seeded-random.ts';
import { chiSquareTest } from '../../statistics/hypotheses/chi-square-test.ts';
import { fisherExact } from '../../statistics/hypotheses/fisher-exact.ts';
import { gTest } from '../../statistics/hypotheses/g-test.ts';
import { type MergedCounts, mergeSmallClasses, type PairedCounts } from '../../statistics/hypotheses/merge-small-classes.ts';
import { monteCarloContingency } from '../../statistics/hypotheses/monte-carlo-contingency.ts';
import { williamsGTest } from '../../statistics/hypotheses/williams-g-test.ts';

const REPLICATES = 1999;
/** Rows of the smaller side up to which tables are shuffled. */
const SHUFFLED_ROWS = 1000;
const SMALLEST_EXPECTED = 5;
const SEED = 20_130_117;
const TWO_32 = 4_294_967_296;

/** Every test of the shares of two samples over the same classes; classes that are too thin for chi-square are merged first, but for the shuffled test. */
export function classTests(counts: PairedCounts): SheetTest[] {
  const merged = mergeSmallClasses(counts);
  const chiSquare = chiSquareTest(merged.reference, merged.current);
  const likelihood = gTest(merged.reference, merged.current);
  const williams = williamsGTest(merged.reference, merged.current);
  const stability = populationStabilityIndex(merged.reference, merged.current);
  const note = mergedNote(counts, merged);
  return [
    { id: 'chiSquare', ...chiSquare, use: 'report', ...note },
    { id: 'gTest', ...likelihood, use: 'report', ...note },
    { id: 'gTestWilliams', ...williams, use: 'report', ...note },
    {
      id: 'populationStabilityIndex',
      statistic: stability.value,
      degreesOfFreedom: merged.groups.length - 1,
      pValue: stability.pValue,
      use: 'report',
      ...note,
    },
    ...(merged.groups.length === 2 ? [fisher(merged)] : []),
    ...(smallerRows(counts) <= SHUFFLED_ROWS ? [shuffled(counts)] : []),
  ];
}

/** The test of shares that is sound at these counts: shuffled or Fisher's where they are small, else the G test with the correction of Williams. */
export function fittingClassTest(counts: PairedCounts): SheetTest {
  const merged = mergeSmallClasses(counts);
  if (merged.groups.length < 2) return { id: 'none', statistic: null, pValue: 1, use: 'deciding', note: 'one class only: nothing to test' };
  const thin = filledClasses(counts) > merged.groups.length || leastExpected(merged) < SMALLEST_EXPECTED;
  if (!thin) return deciding({ id: 'gTestWilliams', ...williamsGTest(merged.reference, merged.current), use: 'report' });
  if (filledClasses(counts) === 2) return deciding(fisher(merged));
  if (smallerRows(counts) <= SHUFFLED_ROWS) return deciding(shuffled(counts));
  if (merged.groups.length === 2 && leastExpected(merged) < SMALLEST_EXPECTED) return deciding(fisher(merged));
  return deciding({
    id: 'gTestWilliams',
    ...williamsGTest(merged.reference, merged.current),
    use: 'report',
    ...mergedNote(counts, merged),
  });
}

function deciding(test: SheetTest): SheetTest {
  return { ...test, use: 'deciding' };
}

function fisher({ reference, current }: MergedCounts): SheetTest {
  const [[a = 0, b = 0], [c = 0, d = 0]] = [reference, current];
  return {
    id: 'fisherExact',
    statistic: null,
    pValue: fisherExact({ first: [a, b], second: [c, d] }),
    use: 'report',
    note: 'exact at any size',
  };
}

function shuffled(counts: PairedCounts): SheetTest {
  const { uint32 } = seededRandom(SEED);
  const pValue = monteCarloContingency(counts, { replicates: REPLICATES, random: () => uint32() / TWO_32 });
  const { statistic } = chiSquareTest(counts.reference, counts.current);
  return {
    id: 'chiSquareShuffled',
    statistic,
    pValue,
    use: 'report',
    note: `rows dealt out again ${REPLICATES} times, classes as they are`,
  };
}

function mergedNote(counts: PairedCounts, merged: MergedCounts): { note?: string } {
  const gone = filledClasses(counts) - merged.groups.length;
  return gone === 0 ? {} : { note: `${gone + 1} classes with an expected count below 5 were merged into one` };
}

function filledClasses({ reference, current }: PairedCounts): number {
  return reference.filter((count, index) => count + (current[index] ?? 0) > 0).length;
}

function leastExpected({ reference, current }: PairedCounts): number {
  const [before, now] = [total(reference), total(current)];
  const share = Math.min(before, now) / (before + now);
  return Math.min(...reference.map((count, index) => (count + (current[index] ?? 0)) * share));
}

function smallerRows({ reference, current }: PairedCounts): number {
  return Math.min(total(reference), total(current));
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
