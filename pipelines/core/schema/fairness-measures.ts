import type { FairnessMeasure } from './fairness-policy.ts';
import type { ModelDefinition } from './model-definition.ts';

/** What the figures of a distance mean: a part of the largest (1 is equal), a difference of shares, or a difference in units of the label (0 is equal). */
export const FAIRNESS_SCALE: Readonly<Record<FairnessMeasure, 'ratio' | 'share' | 'label units'>> = {
  selectionRatio: 'ratio',
  equalOpportunityDifference: 'share',
  equalisedOddsDifference: 'share',
  calibrationDifference: 'share',
  classRecallDifference: 'share',
  classOddsDifference: 'share',
  accuracyDifference: 'share',
  meanErrorDifference: 'label units',
  absoluteErrorDifference: 'label units',
  absoluteErrorRatio: 'ratio',
};

/** Distances that are told of the class in which groups differ most. */
export const OF_CLASSES: readonly FairnessMeasure[] = ['classRecallDifference', 'classOddsDifference'];
const OF_OUTCOME = ['selectionRatio', 'equalOpportunityDifference', 'equalisedOddsDifference'] as const;

/**
 * The distances between groups that can be told for a model. Selection and opportunity need a favourable outcome: labels.positive of a binary model, labels.favourable of a multiclass one. Without it only
 * what needs none is compared: how often calls are right, how honest confidence is, and each class against all others, as Fairlearn advises, whose own equalised odds are for two classes
 * (https://fairlearn.org/main/user_guide/assessment/perform_fairness_assessment.html, "multiclass"). A regression is compared by its errors.
 */
export function fairnessMeasuresOf({ task, labels }: Pick<ModelDefinition, 'task' | 'labels'>): readonly FairnessMeasure[] {
  switch (task) {
    case 'binary':
      return [...OF_OUTCOME, 'calibrationDifference'];
    case 'multiclass':
      return [...(labels.favourable === undefined ? OF_CLASSES : OF_OUTCOME), 'calibrationDifference', 'accuracyDifference'];
    case 'regression':
      return ['meanErrorDifference', 'absoluteErrorDifference', 'absoluteErrorRatio'];
  }
}
