import type { Bounds } from '../intervals/bounds.ts';
import { normalInterval } from '../intervals/normal-interval.ts';

/** Agreement beyond chance, with its error. */
export interface Kappa {
  readonly kappa: number;
  readonly standardError: number;
  readonly interval: Bounds;
}

/**
 * Cohen's kappa of two annotators: how much more often they agree than their own habits would make them by chance. 1: always; 0: no more than chance.
 *
 * `table[i][j]`: items that the first put into class i and the second into class j. κ = (pₒ − pₑ)/(1 − pₑ) (Cohen 1960, https://doi.org/10.1177/001316446002000104), its
 * large-sample error by Fleiss, Cohen and Everitt 1969 (https://doi.org/10.1037/h0028106). null when there is no item or both used one and the same class only: chance agreement is then 1. Falls with
 * rare classes even where people agree well; do not compare it between data sets. O(classes²).
 *
 * @example cohensKappa([[20, 5], [10, 15]])?.kappa; // => 0.4
 */
export function cohensKappa(table: readonly (readonly number[])[], level = 0.95): Kappa | null {
  const items = table.flat().reduce((sum, count) => sum + count, 0);
  const first = table.map((row) => row.reduce((sum, count) => sum + count, 0) / items);
  const second = table.map((_, column) => table.reduce((sum, row) => sum + (row[column] ?? 0), 0) / items);
  const chance = first.reduce((sum, share, index) => sum + share * (second[index] ?? 0), 0);
  if (items === 0 || chance >= 1) return null;
  const agreed = table.reduce((sum, row, index) => sum + (row[index] ?? 0), 0) / items;
  const kappa = (agreed - chance) / (1 - chance);
  let [onDiagonal, offDiagonal] = [0, 0];
  for (const [i, row] of table.entries()) {
    for (const [j, count] of row.entries()) {
      const share = count / items;
      if (i === j) onDiagonal += share * (1 - ((first[i] ?? 0) + (second[i] ?? 0)) * (1 - kappa)) ** 2;
      else offDiagonal += share * ((second[i] ?? 0) + (first[j] ?? 0)) ** 2;
    }
  }
  const spread = onDiagonal + (1 - kappa) ** 2 * offDiagonal - (kappa - chance * (1 - kappa)) ** 2;
  const standardError = Math.sqrt(Math.max(0, spread)) / ((1 - chance) * Math.sqrt(items));
  return { kappa, standardError, interval: normalInterval({ value: kappa, standardError, minimum: -1, maximum: 1 }, level) };
}
