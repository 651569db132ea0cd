import { z } from 'zod';

/** One column of the data contract. */
export const Column = z
  .strictObject({
    name: z.string().min(1).describe('Name of the column in the prediction log'),
    role: z
      .enum(['feature', 'ignored', 'protected'])
      .default('feature')
      .describe('Only features are trained on; protected columns are monitored, never trained on'),
    kind: z.enum(['numeric', 'categorical', 'text']).describe('text: words to be read; never stored, only counted'),
    unit: z.string().optional().describe('Unit of a numeric column, e.g. miles'),
    min: z.number().optional().describe('Smallest value that the contract allows'),
    max: z.number().optional().describe('Largest value that the contract allows'),
    values: z.array(z.string()).min(1).optional().describe('All values that the contract allows'),
    cuts: z
      .array(z.number())
      .min(1)
      .max(20)
      .optional()
      .describe('Numeric protected columns: ascending bounds of the groups that are compared, e.g. [25, 60]; left out: quartiles'),
    required: z.boolean().default(true).describe('A required column may not be missing'),
    calendar: z
      .boolean()
      .default(false)
      .describe(
        'Hour, weekday, month and the like follow the calendar: profiled, but left out of drift alarms; with such a column, scores are judged over whole weeks',
      ),
    sensitivity: z
      .enum(['public', 'internal', 'personal'])
      .default('internal')
      .describe('Values of personal columns are never shown, only counted'),
    source: z.string().optional().describe('Which upstream system to ask when this column breaks'),
  })
  .meta({ id: 'Column' });
export type Column = z.infer<typeof Column>;
