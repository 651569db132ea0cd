import type { FairnessMeasure } from './fairness-policy.ts';
import type { GroupEstimate } from './group-report.ts';
import { phraseInterval, phraseNumber } from './phrase-number.ts';

/** How each distance between groups is called and explained in every text and on every page. */
export const FAIRNESS_WORDS: Readonly<Record<FairnessMeasure, { readonly name: string; readonly meaning: string }>> = {
  selectionRatio: {
    name: 'selection rate ratio',
    meaning: 'Lowest share of positive calls of a group, as a part of the highest; the four-fifths rule asks for 0.8.',
  },
  equalOpportunityDifference: {
    name: 'equal opportunity difference',
    meaning: 'How much more often positives of one group are found than those of another; 0 is equal.',
  },
  equalisedOddsDifference: {
    name: 'equalised odds difference',
    meaning: 'The larger of the differences in recall and in false positives between groups; 0 is equal.',
  },
  calibrationDifference: {
    name: 'calibration difference',
    meaning: 'How much more the score is off in one group than in another; 0 is equal.',
  },
};

/** '0.123 (0.101 to 0.148)', or a dash where there is no figure. */
export function phraseGroupEstimate(estimate: Pick<GroupEstimate, 'value' | 'interval'> | null, digits = 3): string {
  if (estimate === null || estimate.value === null) return '–';
  const interval = estimate.interval === null ? '' : ` (${phraseInterval(estimate.interval, digits)})`;
  return `${phraseNumber(estimate.value, digits)}${interval}`;
}
