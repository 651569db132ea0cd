import type { SheetTest } from '../../schema/drift-sheet.ts';
import { quantileShiftPValue } from '../../statistics/distances/quantile-shift.ts';
import { andersonDarling } from '../../statistics/hypotheses/anderson-darling.ts';
import { cramerVonMises } from '../../statistics/hypotheses/cramer-von-mises.ts';
import { kolmogorovSmirnov } from '../../statistics/hypotheses/kolmogorov-smirnov.ts';
import { logRatioTest } from '../../statistics/hypotheses/log-ratio-test.ts';
import { mannWhitney } from '../../statistics/hypotheses/mann-whitney.ts';
import { welchTest } from '../../statistics/hypotheses/welch-test.ts';
import { levelsOf } from './frozen-classes.ts';
import type { SortedPair } from './number-measures.ts';

/** Pairs of rows up to which all orders are counted; beyond, the asymptotic p value has the same first digits. */
const EXACT_PAIRS = 4_000_000;
const WATCHED_QUANTILES = [0.5, 0.95];

/** The Kolmogorov-Smirnov test, exact where that takes no time. */
export function kolmogorovSmirnovTest({ reference, current }: SortedPair): SheetTest {
  const exact = reference.length * current.length <= EXACT_PAIRS;
  const { statistic, pValue } = kolmogorovSmirnov(reference, current, exact ? 'exact' : 'asymptotic');
  return { id: exact ? 'kolmogorovSmirnovExact' : 'kolmogorovSmirnovAsymptotic', statistic, pValue, use: 'report' };
}

/** Every test of whether two samples of numbers were drawn alike. */
export function numberTests(pair: SortedPair): SheetTest[] {
  const { reference, current } = pair;
  const ranks = mannWhitney(reference, current);
  const superiority = 1 - ranks.statistic / (reference.length * current.length);
  return [
    kolmogorovSmirnovTest(pair),
    {
      id: 'mannWhitney',
      ...ranks,
      estimate: superiority,
      use: 'report',
      note: `a current value lies above one of the reference with probability ${Number(superiority.toPrecision(3))}`,
    },
    spreadTest('andersonDarling', pair, () => ({
      ...andersonDarling(reference, current),
      note: 'p within 0.001 and 0.25, the ends of its table',
    })),
    { id: 'cramerVonMises', ...cramerVonMises(reference, current), use: 'report' },
    welch(pair),
    ...logRatio(pair),
    ...WATCHED_QUANTILES.map((quantile) => quantileTest(pair, quantile)),
  ];
}

function spreadTest(
  id: string,
  { reference, current }: SortedPair,
  test: () => Pick<SheetTest, 'statistic' | 'pValue' | 'note'>,
): SheetTest {
  const isConstant = reference[0] === reference.at(-1) && reference[0] === current[0] && current[0] === current.at(-1);
  if (isConstant) return unmade(id, 'all values are equal');
  return reference.length + current.length < 4 ? unmade(id, 'needs four rows') : { id, ...test(), use: 'report' };
}

function welch({ reference, current }: SortedPair): SheetTest {
  const test = welchTest([...reference], [...current]);
  if (test === null) return unmade('welch', 'needs two rows a side and some spread');
  const { difference, statistic, degreesOfFreedom, pValue, interval } = test;
  return {
    id: 'welch',
    statistic,
    degreesOfFreedom,
    pValue,
    estimate: difference,
    interval,
    use: 'report-only',
    note: 'difference of the means; far values move it',
  };
}

/** By which factor positive numbers (prices, durations) have changed; left out for others. */
function logRatio({ reference, current }: SortedPair): SheetTest[] {
  if (!((reference[0] ?? 0) > 0 && (current[0] ?? 0) > 0)) return [];
  const weighted = (sorted: Float64Array) => levelsOf(sorted).map(({ value, rows }) => ({ value, weight: rows }));
  const test = logRatioTest(weighted(reference), weighted(current));
  if (test === null) return [];
  const { ratio, statistic, degreesOfFreedom, pValue, interval } = test;
  return [
    {
      id: 'logRatio',
      statistic,
      degreesOfFreedom,
      pValue,
      estimate: ratio,
      interval,
      use: 'report-only',
      note: 'current over reference, geometric means',
    },
  ];
}

function quantileTest({ reference, current }: SortedPair, quantile: number): SheetTest {
  const bestRows = Math.max(1, Math.min(reference.length, current.length));
  const pValue = quantileShiftPValue([...reference], [...current], { quantile, bestRows, bestAlpha: 0.05 });
  const name = quantile === 0.5 ? 'median' : `${quantile * 100} % quantile`;
  return {
    id: `quantileShift${quantile * 100}`,
    statistic: null,
    pValue,
    use: 'report',
    note: `of the ${name}; holds however often it is looked at`,
  };
}

function unmade(id: string, note: string): SheetTest {
  return { id, statistic: null, pValue: null, use: 'report', note };
}
