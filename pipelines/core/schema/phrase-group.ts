import { FAIRNESS_SCALE } from './fairness-measures.ts';
import type { FairnessMeasure } from './fairness-policy.ts';
import type { AttributeReport, GroupEstimate, GroupFigures } from './group-report.ts';
import { metricDigits } from './phrase-metric.ts';
import { phraseCount, phraseInterval, phraseNumber } from './phrase-number.ts';

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
  classRecallDifference: {
    name: 'class recall difference',
    meaning: 'How much more often rows of a class are found in one group than in another, in the class where that is most; 0 is equal.',
  },
  classOddsDifference: {
    name: 'class odds difference',
    meaning:
      'The larger of the differences in recall of a class and in other rows called it between groups, in the class where that is most; 0 is equal.',
  },
  accuracyDifference: {
    name: 'accuracy difference',
    meaning: 'How much larger the share of right calls is in one group than in another; 0 is equal.',
  },
  meanErrorDifference: {
    name: 'mean error difference',
    meaning:
      'How much higher predictions lie above what happened (or less far below it) in one group than in another, in units of the label; 0 is equal.',
  },
  absoluteErrorDifference: {
    name: 'absolute error difference',
    meaning: 'How much larger the mean absolute error is in one group than in another, in units of the label; 0 is equal.',
  },
  absoluteErrorRatio: {
    name: 'absolute error ratio',
    meaning: 'Smallest mean absolute error of a group, as a part of the largest; 1 is equal.',
  },
};

/** Digits of a distance between groups: three, or as many as its size asks for where it is in units of the label. */
export function fairnessDigits(measure: FairnessMeasure, size: number | null): number {
  return FAIRNESS_SCALE[measure] === 'label units' ? metricDigits('meanAbsoluteError', size) : 3;
}

/** '0.123 (0.101 to 0.148)', or a dash where there is no figure. */
export function phraseGroupEstimate(estimate: Pick<GroupEstimate, 'value' | 'interval'> | null, digits = 3): string {
  if (estimate === null || estimate.value === null) return '–';
  const interval = estimate.interval === null ? '' : ` (${phraseInterval(estimate.interval, digits)})`;
  return `${phraseNumber(estimate.value, digits)}${interval}`;
}

/** A figure of a group as people read it. */
export interface PhrasedFigure {
  readonly title: string;
  readonly text: string;
}

/** The figures of a group that its task has, in the order in which they are shown everywhere. The measures of its report tell the task. */
export function phraseGroupFigures(figures: GroupFigures, { disparities }: Pick<AttributeReport, 'disparities'>): PhrasedFigure[] {
  const has = (wanted: FairnessMeasure) => disparities.some(({ measure }) => measure === wanted);
  const isRegression = has('meanErrorDifference');
  const { calibrationError: error, loss } = figures;
  const digits = isRegression ? metricDigits('meanAbsoluteError', loss.value) : 3;
  const calibration = `${phraseGroupEstimate(figures.calibrationGap ?? null)}${error === null || error === undefined ? '' : `, error ${phraseNumber(error, 3)}`}`;
  const shown = [
    { title: 'called positive', estimate: figures.selectionRate },
    { title: 'recall', estimate: figures.truePositiveRate },
    { title: 'false positives', estimate: figures.falsePositiveRate },
    {
      title: has('accuracyDifference') ? 'right less confidence' : 'positives less score',
      estimate: figures.calibrationGap,
      text: calibration,
    },
    { title: 'mean error', estimate: figures.meanError },
    { title: isRegression ? 'absolute error' : 'wrong calls', estimate: loss },
  ];
  return shown.flatMap(({ title, estimate, text }) =>
    estimate === undefined ? [] : [{ title, text: text ?? phraseGroupEstimate(estimate, digits) }],
  );
}

/** What a reader must know of the groups of a column: what counts as positive, and which rows were not compared. */
export function groupNotes({
  favourable,
  foldedRows,
  small = [],
  together = [],
  why,
}: Omit<AttributeReport, 'groups' | 'disparities'>): string[] {
  const named = small.map(({ name, rows }) => `${name} (${phraseCount(rows)})`).join(', ');
  const folded = `${phraseCount(foldedRows)} ${foldedRows === 1 ? 'row' : 'rows'} of groups too small to be compared are left out`;
  return [
    ...(why === null ? [] : [why]),
    ...(favourable === undefined ? [] : [`Positive: the favourable classes ${favourable.join(', ')}.`]),
    ...(foldedRows === 0 ? [] : [`${folded}${named === '' ? '' : `, among them ${named}`}.`]),
    ...(together.length === 0
      ? []
      : [
          `Recall and false positives of ${together.join(' and ')} are only told together: one of them has too few positives or negatives.`,
        ]),
  ];
}
