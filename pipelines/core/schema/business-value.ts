import { z } from 'zod';
import { Role } from './role.ts';

/** What right and wrong predictions are worth. */
export const BusinessValue = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency as three letters, e.g. USD'),
    threshold: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.5)
      .describe('Score at or above which the positive class is called; multiclass: confidence at or above which the answer is acted upon'),
    truePositive: z.number(),
    falsePositive: z.number(),
    falseNegative: z.number(),
    trueNegative: z.number(),
    assumption: z.string().min(1).describe('Where these values come from'),
    assumedOn: z.iso.date(),
    owner: Role,
  })
  .meta({ id: 'BusinessValue' });
export type BusinessValue = z.infer<typeof BusinessValue>;
