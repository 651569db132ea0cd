import type { FairnessMeasure } from '../schema/fairness-policy.ts';
import type { PlainRate } from './row-rates.ts';

/** How a measure compares groups. */
export interface Comparison {
  /** Which rates of a group are compared; of several, the one that is furthest apart counts. */
  readonly rates: readonly PlainRate[];
  /** Whether that is asked of each class, and the class in which groups differ most counts. */
  readonly byClass: boolean;
  readonly by: 'difference of shares' | 'ratio of shares' | 'difference of means' | 'ratio of means';
  /** What a group needs enough of. */
  readonly needs: string;
  /** Why a ratio has no value. */
  readonly none: string;
}

/** How each measure compares groups. */
export const COMPARISONS: Readonly<Record<FairnessMeasure, Comparison>> = {
  selectionRatio: comparison(['selection'], 'ratio of shares', { needs: 'rows', none: 'Nobody was called positive in any group.' }),
  equalOpportunityDifference: comparison(['truePositives'], 'difference of shares', { needs: 'labelled positives' }),
  equalisedOddsDifference: comparison(['truePositives', 'falsePositives'], 'difference of shares', {
    needs: 'labelled positives and as many negatives',
  }),
  calibrationDifference: comparison(['calibration'], 'difference of means', { needs: 'labelled rows' }),
  classRecallDifference: comparison(['truePositives'], 'difference of shares', { needs: 'labelled rows of it', byClass: true }),
  classOddsDifference: comparison(['truePositives', 'falsePositives'], 'difference of shares', {
    needs: 'labelled rows of it, or not of it,',
    byClass: true,
  }),
  accuracyDifference: comparison(['right'], 'difference of shares', { needs: 'labelled rows' }),
  meanErrorDifference: comparison(['error'], 'difference of means', { needs: 'labelled rows' }),
  absoluteErrorDifference: comparison(['absoluteError'], 'difference of means', { needs: 'labelled rows' }),
  absoluteErrorRatio: comparison(['absoluteError'], 'ratio of means', { needs: 'labelled rows', none: 'No group has any error.' }),
};

function comparison(
  rates: readonly PlainRate[],
  by: Comparison['by'],
  { needs, none = '', byClass = false }: { readonly needs: string; readonly none?: string; readonly byClass?: boolean },
): Comparison {
  return { rates, by, needs, none, byClass };
}
