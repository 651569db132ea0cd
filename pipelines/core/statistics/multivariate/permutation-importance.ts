import { type SeededRandom, shuffledIndices } from '../distributions/seeded-random.ts';
import type { HeldOutFold } from '../estimation/cross-fitted-area.ts';
import { rankSum } from '../hypotheses/rank-sum.ts';

/** The score of a row, with one feature taken from another row where that is given. */
export type SwapScore = (row: number, swap?: { readonly feature: number; readonly donor: number }) => number;

/**
 * How much the area under the ROC curve falls when a feature's values are shuffled among the held-out rows: which features tell the
 * samples apart.
 *
 * Out of fold, all columns of a feature together, one shuffle a fold
 * (https://scikit-learn.org/stable/modules/permutation_importance.html). Two features that say the same share their importance or hide
 * each other. May be a little below 0 for a feature that says nothing. O(features · rows · log rows).
 */
export function permutationImportance(
  folds: readonly HeldOutFold<SwapScore>[],
  labels: ArrayLike<number>,
  { features, random }: { readonly features: number; readonly random: SeededRandom },
): number[] {
  const total = folds.reduce((sum, { rows }) => sum + rows.length, 0);
  const importance = new Array<number>(features).fill(0);
  for (const { rows, score } of folds) {
    const held = Float64Array.from(rows, (row) => labels[row] ?? 0);
    const area = (scores: Float64Array) => rankSum(scores, held).area;
    const whole = area(Float64Array.from(rows, (row) => score(row)));
    for (let feature = 0; feature < features; feature += 1) {
      const order = shuffledIndices(rows.length, random);
      const shuffled = rows.map((row, place) => score(row, { feature, donor: rows[order[place] ?? 0] ?? row }));
      importance[feature] = (importance[feature] ?? 0) + ((whole - area(Float64Array.from(shuffled))) * rows.length) / total;
    }
  }
  return importance;
}
