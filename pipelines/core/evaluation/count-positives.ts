import { UserError } from '../errors/user-error.ts';
import { phraseQuantity } from '../schema/phrase-number.ts';

/** Number of positives among labels of 1 and 0. Throws a UserError (TRAINING_LABELS_INSUFFICIENT) when a row has no label or a class is missing. */
export function countPositives(labels: Float64Array): number {
  const positives = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const negatives = labels.reduce((sum, label) => sum + (label === 0 ? 1 : 0), 0);
  if (positives > 0 && negatives > 0 && positives + negatives === labels.length) return positives;
  throw new UserError({
    code: 'TRAINING_LABELS_INSUFFICIENT',
    message: `cannot train on ${phraseQuantity(labels.length, 'row')}: ${positives} positive, ${negatives} negative`,
    hint: 'training needs labelled rows of both classes: check the label log and the range of the training spec',
  });
}
