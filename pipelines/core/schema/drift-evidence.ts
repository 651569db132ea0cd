import { z } from 'zod';

/** What is remembered of the windows so far, by watched column: how strongly they speak for a drift that has begun and lasts (a detector's figure, cut to 1e-6). */
export const DriftEvidence = z.record(z.string(), z.number().nonnegative()).meta({ id: 'DriftEvidence' });
export type DriftEvidence = z.infer<typeof DriftEvidence>;
