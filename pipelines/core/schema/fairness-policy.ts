import { z } from 'zod';

const share = (what: string) => z.number().gt(0).max(1).optional().describe(what);
const labelUnits = (what: string) => z.number().gt(0).optional().describe(what);

/** Limits that the owner states, one a distance between groups. Without them fairness is measured and shown, and raises no alarm. Which of them a model has: `fairnessMeasuresOf`. */
export const FairnessLimits = z
  .strictObject({
    selectionRatio: share('Smallest share of the highest selection rate that every group must reach, e.g. 0.8 (four-fifths rule)'),
    equalOpportunityDifference: share('Largest difference of the recall of two groups'),
    equalisedOddsDifference: share('Largest difference of two groups in recall or in the share of negatives that are called positive'),
    calibrationDifference: share(
      'Largest difference of two groups in (share of positives less mean score); multiclass: in (share of right calls less mean confidence)',
    ),
    classRecallDifference: share(
      'Multiclass without labels.favourable: largest difference of the recall of a class between two groups, over all classes',
    ),
    classOddsDifference: share(
      'Multiclass without labels.favourable: largest difference of two groups in the recall of a class, or in the share of other rows that are called it, over all classes',
    ),
    accuracyDifference: share('Multiclass: largest difference of two groups in the share of right calls'),
    meanErrorDifference: labelUnits(
      'Regression: largest difference of two groups in the mean of (prediction less label), in units of the label',
    ),
    absoluteErrorDifference: labelUnits('Regression: largest difference of two groups in mean absolute error, in units of the label'),
    absoluteErrorRatio: share('Regression: smallest part of the largest mean absolute error of a group that every other group may have'),
  })
  .meta({ id: 'FairnessLimits' });
export type FairnessLimits = z.infer<typeof FairnessLimits>;

/** Distances between the groups of a protected column. */
export const FairnessMeasure = FairnessLimits.keyof().meta({ id: 'FairnessMeasure' });
export type FairnessMeasure = z.infer<typeof FairnessMeasure>;

const limits = (what: string) => FairnessLimits.prefault({}).describe(what);

/** What the gate asks of the loss of a part of the rows: of a declared slice, of a protected group. */
const partGate = (part: string) => ({
  toleratedIncrease: z
    .number()
    .nonnegative()
    .default(0.1)
    .describe(
      `Increase of the loss of a ${part}, champion to challenger, that is tolerated, as a share of the loss of the champion on all rows`,
    ),
});

/** How the groups of protected columns are watched. */
export const FairnessMonitoring = z
  .strictObject({
    minimumRows: z.int().positive().default(200).describe('Groups with fewer rows are counted and not judged'),
    limits: limits('What production must keep: an alert when a distance is beyond its limit for sure'),
  })
  .meta({ id: 'FairnessMonitoring' });
export type FairnessMonitoring = z.infer<typeof FairnessMonitoring>;

/** What the gate asks about the groups of protected columns. */
export const FairnessGate = z
  .strictObject({
    ...partGate('group'),
    toleratedWidening: z
      .number()
      .nonnegative()
      .default(0.02)
      .describe(
        'Widening of a distance between groups, champion to challenger, that is tolerated; distances in units of the label count as a share of the mean absolute error of the champion on all rows',
      ),
    limits: limits('What the challenger must keep, whatever the champion does'),
  })
  .meta({ id: 'FairnessGate' });
export type FairnessGate = z.infer<typeof FairnessGate>;

/** What the gate asks about declared slices. */
export const SliceGate = z.strictObject(partGate('declared slice')).meta({ id: 'SliceGate' });
export type SliceGate = z.infer<typeof SliceGate>;
