import type { SheetTest } from '../../schema/drift-sheet.ts';
import { fittingClassTest } from './class-tests.ts';
import type { CountedPair } from './counted-pair.ts';
import { levelsOf } from './frozen-classes.ts';
import { kolmogorovSmirnovTest } from './number-tests.ts';
import { shareDifference } from './share-difference.ts';

/** A value with a larger share of the rows makes the Kolmogorov-Smirnov test too cautious. */
const MOST_TIED = 0.1;

/**
 * The test that decides a column: numbers with hardly a tie by Kolmogorov-Smirnov (exact or asymptotic by size), with the missing share beside it where values
 * are missing (Bonferroni over the two); all else by a test of the shares of the classes that is sound at their counts.
 */
export function columnEvidence(pair: CountedPair): SheetTest {
  const { numbers, counted, missing } = pair;
  const isContinuous = numbers !== null && numbers.reference.length > 0 && numbers.current.length > 0 && counted.unseen === null;
  if (!isContinuous || mostTied(numbers.reference, numbers.current) > MOST_TIED) return fittingClassTest(counted);
  const ofValues = { ...kolmogorovSmirnovTest(numbers), use: 'deciding' as const };
  if (missing.reference + missing.current === 0) return ofValues;
  const ofMissing = missingShare(pair).pValue ?? 1;
  return {
    ...ofValues,
    id: `${ofValues.id}AndMissing`,
    pValue: Math.min(1, 2 * Math.min(ofValues.pValue ?? 1, ofMissing)),
    note: 'the smaller of the p values of the numbers and of the missing share, twice',
  };
}

/** The share of rows without a value. */
export function missingShare({ missing, counted }: Pick<CountedPair, 'missing' | 'counted'>) {
  const rows = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  return shareDifference(
    { successes: missing.reference, trials: rows(counted.reference) },
    { successes: missing.current, trials: rows(counted.current) },
  );
}

/** The largest share that one value has of both samples together. */
function mostTied(reference: Float64Array, current: Float64Array): number {
  const pooled = new Float64Array(reference.length + current.length);
  pooled.set(reference);
  pooled.set(current, reference.length);
  const most = levelsOf(pooled.sort()).reduce((largest, { rows }) => Math.max(largest, rows), 0);
  return most / pooled.length;
}
