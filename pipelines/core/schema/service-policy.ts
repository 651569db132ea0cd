import { z } from 'zod';
import { Role } from './role.ts';

/** How the predictions are served and used, beside their quality. */
export const ServicePolicy = z
  .strictObject({
    region: z.string().optional().describe('Categorical column of the data contract that says where a prediction is used'),
    costPerPrediction: z
      .strictObject({
        amount: z.number().nonnegative(),
        currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency as three letters, e.g. USD'),
        assumption: z.string().min(1).describe('What the amount holds and where it comes from'),
        assumedOn: z.iso.date(),
        owner: Role,
      })
      .optional()
      .describe('What one prediction costs to serve'),
  })
  .meta({ id: 'ServicePolicy' });
export type ServicePolicy = z.infer<typeof ServicePolicy>;
