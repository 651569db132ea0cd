import { z } from 'zod';
import { Window } from './window.ts';

/** [cell of the lag grid, labels that first arrived so long after their prediction, of them positive]. */
export const LagCell = z.tuple([z.int().nonnegative(), z.int().positive(), z.int().nonnegative()]);
export type LagCell = z.infer<typeof LagCell>;

/** When the labels of one window's predictions arrived, and how many were changed afterwards. Additive. Labels without a time of arrival have no cell. */
export const LabelArrivals = z
  .strictObject({
    schemaVersion: z.literal(1),
    window: Window,
    labels: z.int().nonnegative().describe('Predictions whose label had arrived, whichever version made them'),
    corrected: z.int().nonnegative().describe('Of them, labels that were replaced by another value after they had arrived'),
    cells: z.array(LagCell).describe('Ascending'),
  })
  .meta({ id: 'LabelArrivals' });
export type LabelArrivals = z.infer<typeof LabelArrivals>;
