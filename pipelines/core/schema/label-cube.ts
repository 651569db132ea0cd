import { z } from 'zod';
import { VersionName } from './identifiers.ts';
import { QuarantineCounts } from './quarantine.ts';
import { Window } from './window.ts';

/** [score cell 0..4095, negative rows, positive rows, sum of score, sum of score²]. Cell = min(4095, floor(score · 4096)). */
export const LabelCell = z.tuple([z.int().min(0).max(4095), z.int().nonnegative(), z.int().nonnegative(), z.number(), z.number()]);
export type LabelCell = z.infer<typeof LabelCell>;

/** Scores against arrived labels of one window and version. Additive: late labels add rows to old windows. */
export const LabelCube = z
  .strictObject({
    schemaVersion: z.literal(1),
    window: Window,
    modelVersion: VersionName.nullable(),
    labelled: z.int().nonnegative(),
    positives: z.int().nonnegative(),
    logLossSum: z.number().nonnegative().describe('Sum over rows of −ln p(label), p clipped to [1e-15, 1 − 1e-15]'),
    cells: z.array(LabelCell),
    quarantined: QuarantineCounts,
  })
  .meta({ id: 'LabelCube' });
export type LabelCube = z.infer<typeof LabelCube>;
