import { z } from 'zod';
import { Interval } from './interval.ts';
import { Window } from './window.ts';

/** Money over a range. `perPrediction` and `total` are null when there is no value matrix or too few labels; `why` says which. */
export const BusinessReport = z
  .strictObject({
    schemaVersion: z.literal(1),
    range: Window,
    currency: z.string().nullable(),
    labelled: z.int().nonnegative(),
    perPrediction: z.number().nullable(),
    interval: Interval.nullable().describe('Of perPrediction'),
    total: z.number().nullable().describe('perPrediction times the labelled rows'),
    costOfWaitingPerDay: z
      .number()
      .nullable()
      .describe(
        'Rows a day times what a prediction is worth less than promised, at the present share of positives; null when the interval crosses 0',
      ),
    waiting: z
      .strictObject({ interval: Interval.nullable(), why: z.string() })
      .optional()
      .describe('Interval of the cost of waiting a day, and the figures behind it or why there is none'),
    pooled: z
      .strictObject({
        range: Window,
        windows: z.int().positive(),
        labelled: z.int().positive(),
        perPrediction: z.number(),
        interval: Interval.nullable().describe('Draws whole windows, not rows'),
        why: z.string(),
      })
      .optional()
      .describe('Value of a prediction over the windows that performance pools'),
    breakEvenDays: z.number().nullable().describe('Cost of a retraining over the cost of waiting'),
    why: z.string(),
  })
  .meta({ id: 'BusinessReport' });
export type BusinessReport = z.infer<typeof BusinessReport>;
