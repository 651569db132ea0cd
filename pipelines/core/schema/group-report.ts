import { z } from 'zod';
import { FairnessMeasure } from './fairness-policy.ts';
import { Interval } from './interval.ts';

/** A figure of some rows; null when it cannot be computed, or when too few rows are behind it to be shown. */
export const GroupEstimate = z
  .strictObject({ value: z.number().nullable(), interval: Interval.nullable(), sampleSize: z.int().nonnegative() })
  .meta({ id: 'GroupEstimate' });
export type GroupEstimate = z.infer<typeof GroupEstimate>;

/** Loss of a row: 1 for a wrong call and 0 for a right one, or the absolute error of a predicted value. */
export const RowLoss = z.enum(['wrong calls', 'absolute error']).meta({ id: 'RowLoss' });
export type RowLoss = z.infer<typeof RowLoss>;

/** The loss of one slice. `increase`: challenger − champion on the same rows; positive is worse. */
export const SliceFigures = z
  .strictObject({
    name: z.string(),
    rows: z.int().nonnegative(),
    challenger: GroupEstimate,
    champion: GroupEstimate.nullable(),
    increase: GroupEstimate.nullable(),
    pValue: z
      .number()
      .nullable()
      .describe('Found slices: that the loss is no larger than elsewhere, adjusted for all slices that were tested'),
    why: z.string().nullable().describe('Why there is no figure'),
  })
  .meta({ id: 'SliceFigures' });
export type SliceFigures = z.infer<typeof SliceFigures>;

/** Where a model errs: slices that people named, and slices that were found. */
export const SliceReport = z
  .strictObject({
    loss: RowLoss,
    overall: SliceFigures,
    declared: z.array(SliceFigures),
    found: z.array(SliceFigures).describe('Worst first; looked for on one half of the rows (by hash of id) and measured on the other'),
    search: z
      .strictObject({
        candidates: z.int().nonnegative().describe('Slices of one and two columns that were looked at'),
        tested: z.int().nonnegative(),
        falseDiscoveryRate: z.number(),
        discoveryRows: z.int().nonnegative(),
        testRows: z.int().nonnegative(),
      })
      .nullable()
      .describe('null: no slice was looked for'),
    method: z.string(),
  })
  .meta({ id: 'SliceReport' });
export type SliceReport = z.infer<typeof SliceReport>;

/** How one model treats one group. Which figures there are depends on the task: selection needs a favourable outcome, calibration a probability, and mean error a predicted value. */
export const GroupFigures = z
  .strictObject({
    selectionRate: GroupEstimate.optional().describe('Share of rows that are called positive; multiclass: called one of labels.favourable'),
    truePositiveRate: GroupEstimate.optional().describe('Share of positives that are called positive'),
    falsePositiveRate: GroupEstimate.optional().describe('Share of negatives that are called positive'),
    calibrationGap: GroupEstimate.optional().describe(
      'Share of positives less mean score; multiclass: share of right calls less mean confidence. Above 0, the score is too low',
    ),
    calibrationError: z.number().nullable().optional().describe('Expected calibration error over ten classes'),
    meanError: GroupEstimate.optional().describe('Regression: mean of prediction less label. Above 0, predictions are too high'),
    loss: GroupEstimate,
  })
  .meta({ id: 'GroupFigures' });
export type GroupFigures = z.infer<typeof GroupFigures>;

/** Distance between the groups that differ most. The interval holds for all pairs of groups together. */
export const Disparity = z
  .strictObject({
    value: z.number().nullable(),
    interval: Interval.nullable(),
    lowest: z.string().nullable(),
    highest: z.string().nullable(),
    class: z.string().optional().describe('Multiclass: the class in which they differ most; left out by measures that are of no one class'),
    uncompared: z
      .array(z.string())
      .optional()
      .describe('Classes of which fewer than two groups have enough labelled rows; left out where there are none'),
    sampleSize: z.int().nonnegative(),
    why: z.string().nullable(),
  })
  .meta({ id: 'Disparity' });
export type Disparity = z.infer<typeof Disparity>;

/** The groups of one protected column under champion and challenger, on the same rows. */
export const AttributeReport = z
  .strictObject({
    attribute: z.string(),
    favourable: z
      .array(z.string())
      .optional()
      .describe('Multiclass: the classes that count as positive; left out where none is favourable'),
    cuts: z.array(z.number()).nullable().describe('Bounds of the groups of a numeric column'),
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rows: z.int().nonnegative(),
        challenger: GroupFigures,
        champion: GroupFigures.nullable(),
        increase: GroupEstimate.nullable().describe('Loss of the challenger less loss of the champion, on the same rows'),
      }),
    ),
    disparities: z.array(
      z.strictObject({
        measure: FairnessMeasure,
        challenger: Disparity,
        champion: Disparity.nullable(),
        widening: GroupEstimate.nullable().describe('How much further apart the groups are under the challenger; positive is worse'),
      }),
    ),
    foldedRows: z.int().nonnegative().describe('Rows of groups too small to be compared'),
    small: z
      .array(z.strictObject({ name: z.string(), rows: z.int().nonnegative() }))
      .optional()
      .describe('Of those, the groups that are large enough to be named; left out where there are none'),
    together: z
      .array(z.string())
      .optional()
      .describe(
        'Groups whose positives and negatives are only counted together, as those of one of them are too few; left out where there are none',
      ),
    method: z.string(),
    why: z.string().nullable().describe('Why there is no figure'),
  })
  .meta({ id: 'AttributeReport' });
export type AttributeReport = z.infer<typeof AttributeReport>;

/** What a version promises for its slices and groups: frozen with its reference. */
export const GroupPromise = z
  .strictObject({
    loss: RowLoss,
    overall: z.number().nullable().describe('Mean loss on all labelled rows'),
    slices: z.array(z.strictObject({ name: z.string(), loss: z.number(), sampleSize: z.int().nonnegative() })).describe('Declared slices'),
    cuts: z.record(z.string(), z.array(z.number())).describe('Bounds of the groups of numeric protected columns'),
  })
  .meta({ id: 'GroupPromise' });
export type GroupPromise = z.infer<typeof GroupPromise>;
