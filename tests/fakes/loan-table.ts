import type { RowTable } from '../../pipelines/core/schema/row-table.ts';
import { seededRandom } from '../../pipelines/core/statistics/distributions/seeded-random.ts';

const PURPOSES = ['car', 'house', 'study', 'travel'];

/** Labelled loans with a number, a code (month) and a category, some of each missing; the label leans on all three. */
export function loanTable(rows: number, seed = 1): RowTable {
  const random = seededRandom(seed);
  const unit = () => random.uint32() / 2 ** 32;
  const loans = Array.from({ length: rows }, (_, index) => {
    const income = unit() < 0.05 ? Number.NaN : 1000 + 3000 * unit();
    const month = 1 + random.below(12);
    const purpose = unit() < 0.05 ? null : (PURPOSES[random.below(PURPOSES.length)] ?? null);
    const risk = 0.1 + (Number.isNaN(income) || income < 2000 ? 0.3 : 0) + (month > 10 ? 0.2 : 0) + (purpose === 'travel' ? 0.3 : 0);
    return { id: String(index).padStart(6, '0'), income, month, purpose, label: unit() < risk ? 1 : 0 };
  });
  return {
    ids: loans.map(({ id }) => id),
    timestamps: Float64Array.from(loans, (_, index) => index),
    numeric: { income: Float64Array.from(loans, ({ income }) => income), month: Float64Array.from(loans, ({ month }) => month) },
    categorical: { purpose: loans.map(({ purpose }) => purpose) },
    texts: {},
    scores: new Float64Array(rows).fill(Number.NaN),
    predicted: new Float64Array(rows).fill(Number.NaN),
    probabilities: {},
    versions: loans.map(() => null),
    labels: Float64Array.from(loans, ({ label }) => label),
  };
}
