import { crossFittedArea, foldsOf } from '../estimation/cross-fitted-area.ts';
import type { Bounds } from '../intervals/bounds.ts';
import { fitLogistic, logOddsOf } from '../learners/logistic-regression.ts';
import { hashedNGrams } from './hashed-n-grams.ts';

const FOLDS = 5;
const PENALTY = 1;
const MAXIMUM_STEPS = 15;

/** Tokens of each text, with a number per text by which folds are chosen: texts that belong together share it. */
export interface HashedTexts {
  readonly tokens: readonly (readonly string[])[];
  readonly hashes: ArrayLike<number>;
}

/** Whether a classifier tells the current texts from those of the reference. */
export interface TextDrift {
  /** Area under the ROC curve out of fold: 0.5 without drift. */
  readonly area: number;
  readonly interval: Bounds;
  /** One-sided, exact without drift for independent texts. */
  readonly pValue: number;
  /** Standard normal without drift; the p value is its upper tail. */
  readonly statistic: number;
}

/**
 * Domain classifier on texts: any change of words, of phrases or of spelling, as one number with a p value instead of a fixed level.
 *
 * Logistic regression on `hashedNGrams`, five folds by hash; area and p value of `crossFittedArea`. Sees that texts changed, not what
 * changed: see `burstingTerms`. Keep to some 5,000 texts a sample. null when a fold has too few texts of a sample. O(characters + entries
 * · some 150).
 */
export function textDomainClassifier(reference: HashedTexts, current: HashedTexts): TextDrift | null {
  const design = hashedNGrams([...reference.tokens, ...current.tokens]);
  const labels = Uint8Array.from({ length: design.rows }, (_, row) => (row < reference.tokens.length ? 0 : 1));
  const folds = foldsOf([...Array.from(reference.hashes), ...Array.from(current.hashes)], FOLDS);
  const found = crossFittedArea({
    labels,
    folds,
    learn: (train) => {
      const model = fitLogistic({ design, labels, train, penalty: PENALTY, maximumSteps: MAXIMUM_STEPS });
      return (row: number) => logOddsOf(model, design, row);
    },
  });
  if (found === null) return null;
  const { area, interval, pValue, statistic } = found;
  return { area, interval, pValue, statistic };
}
