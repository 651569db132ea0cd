import { chiSquareUpperTail } from '../../../pipelines/core/statistics/distributions/chi-square-upper-tail.ts';
import { chiSquareTest } from '../../../pipelines/core/statistics/hypotheses/chi-square-test.ts';
import { contingencyCells } from '../../../pipelines/core/statistics/hypotheses/contingency.ts';

/** SciPy's chi2_contingency, which NannyML calls: with the correction of Yates where two classes are left. */
export function yatesChiSquare(reference: readonly number[], current: readonly number[]): { statistic: number; pValue: number } {
  const cells = contingencyCells(reference, current);
  if (cells.length !== 4) return chiSquareTest(reference, current);
  const statistic = cells.reduce((sum, { observed, expected }) => {
    const gap = Math.abs(observed - expected);
    return sum + (gap - Math.min(0.5, gap)) ** 2 / expected;
  }, 0);
  return { statistic, pValue: chiSquareUpperTail(statistic, 1) };
}
