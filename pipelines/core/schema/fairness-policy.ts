import { z } from 'zod';

/** Distances between the groups of a protected column. */
export const FairnessMeasure = z
  .enum(['selectionRatio', 'equalOpportunityDifference', 'equalisedOddsDifference', 'calibrationDifference'])
  .meta({ id: 'FairnessMeasure' });
export type FairnessMeasure = z.infer<typeof FairnessMeasure>;

/** Limits that the owner states. Without them fairness is measured and shown, and raises no alarm. */
export const FairnessLimits = z
  .strictObject({
    selectionRatio: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Smallest share of the highest selection rate that every group must reach, e.g. 0.8 (four-fifths rule)'),
    equalOpportunityDifference: z.number().gt(0).max(1).optional().describe('Largest difference of the recall of two groups'),
    equalisedOddsDifference: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Largest difference of two groups in recall or in the share of negatives that are called positive'),
    calibrationDifference: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Largest difference of two groups in (share of positives less mean score)'),
  })
  .meta({ id: 'FairnessLimits' });
export type FairnessLimits = z.infer<typeof FairnessLimits>;

/** How the groups of protected columns are watched. */
export const FairnessMonitoring = z
  .strictObject({
    minimumRows: z.int().positive().default(200).describe('Groups with fewer rows share one group, which is not judged'),
    limits: FairnessLimits.prefault({}),
  })
  .meta({ id: 'FairnessMonitoring' });
export type FairnessMonitoring = z.infer<typeof FairnessMonitoring>;

/** What the gate asks about the groups of protected columns. */
export const FairnessGate = z
  .strictObject({
    toleratedIncrease: z
      .number()
      .nonnegative()
      .default(0.1)
      .describe(
        'Increase of the loss of a group, champion to challenger, that is tolerated, as a share of the loss of the champion on all rows',
      ),
    toleratedWidening: z
      .number()
      .nonnegative()
      .default(0.02)
      .describe('Widening of a distance between groups, champion to challenger, that is tolerated'),
    limits: FairnessLimits.prefault({}).describe('What the challenger must keep, whatever the champion does'),
  })
  .meta({ id: 'FairnessGate' });
export type FairnessGate = z.infer<typeof FairnessGate>;

/** What the gate asks about declared slices. */
export const SliceGate = z
  .strictObject({
    toleratedIncrease: z
      .number()
      .nonnegative()
      .default(0.1)
      .describe(
        'Increase of the loss of a declared slice, champion to challenger, that is tolerated, as a share of the loss of the champion on all rows',
      ),
  })
  .meta({ id: 'SliceGate' });
export type SliceGate = z.infer<typeof SliceGate>;
