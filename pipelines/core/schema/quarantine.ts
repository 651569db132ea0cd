import { z } from 'zod';

/** Why a log line was set aside. Lines are counted by reason, never lost, and never stop a run. */
export const QuarantineReason = z
  .enum([
    'unreadable-line',
    'missing-id',
    'duplicate-id',
    'bad-timestamp',
    'past-timestamp',
    'future-timestamp',
    'bad-score',
    'bad-prediction',
    'bad-label',
    'label-without-prediction',
    'label-before-prediction',
  ])
  .meta({ id: 'QuarantineReason' });
export type QuarantineReason = z.infer<typeof QuarantineReason>;

/** Counts of quarantined rows by reason; a reason that did not occur is absent. */
export const QuarantineCounts = z.partialRecord(QuarantineReason, z.int().positive()).meta({ id: 'QuarantineCounts' });
export type QuarantineCounts = z.infer<typeof QuarantineCounts>;
