import { z } from 'zod';

/** What a row must hold in one column: one value, any of several, or a number in [atLeast, below). */
export const SliceCondition = z
  .union([
    z.string(),
    z.number(),
    z.array(z.string()).min(1),
    z.strictObject({
      atLeast: z.number().optional().describe('Smallest number that belongs to the slice'),
      below: z.number().optional().describe('Smallest number above it that does not belong'),
    }),
  ])
  .meta({ id: 'SliceCondition' });
export type SliceCondition = z.infer<typeof SliceCondition>;

/** A part of the rows that people care about, such as one country or young applicants. */
export const SliceDefinition = z
  .strictObject({
    name: z.string().min(1).max(80),
    where: z
      .record(z.string(), SliceCondition)
      .describe('Conditions by column, all of which must hold: a value, a list of values, or a range such as { atLeast: 18, below: 25 }'),
    toleratedIncrease: z
      .number()
      .nonnegative()
      .optional()
      .describe(
        'Increase of the loss in this slice over what the version promised that is tolerated in production, as a share of the loss on all rows',
      ),
  })
  .meta({ id: 'SliceDefinition' });
export type SliceDefinition = z.infer<typeof SliceDefinition>;

/** How slices with a large loss are looked for. */
export const SliceSearch = z
  .strictObject({
    find: z.boolean().default(true).describe('Whether slices of one and two columns are searched for large losses'),
    minimumRows: z.int().positive().default(100).describe('A slice with fewer labelled rows is not judged'),
    falseDiscoveryRate: z.number().gt(0).lt(1).default(0.1).describe('Benjamini-Hochberg level over the slices that are tested'),
  })
  .meta({ id: 'SliceSearch' });
export type SliceSearch = z.infer<typeof SliceSearch>;
