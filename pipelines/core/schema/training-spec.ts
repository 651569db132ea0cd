import { z } from 'zod';
import { Digest } from './digest.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { Instant } from './instant.ts';
import { TrainingPolicy } from './training-policy.ts';
import { Window } from './window.ts';

/** What to train, fixed before training starts. Committed on the retraining branch; the run must not depart from it. */
export const TrainingSpec = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    version: VersionName.describe('The version that the better challenger becomes'),
    champion: VersionName.nullable().describe('null for the first version'),
    decision: z.string().describe('Id of the decision that asked for it'),
    asOf: Instant.describe('Labels that arrived later are not seen'),
    challengers: z
      .array(z.strictObject({ name: z.enum(['all-history', 'recent-window', 'initial', 'recalibrated']), range: Window }))
      .min(1),
    heldOut: Window.describe('Rows for evaluation; no challenger is trained on them'),
    features: z.array(z.string()).min(1),
    training: TrainingPolicy,
    recalibrate: z
      .strictObject({
        artifact: Digest.describe('The champion whose weights are kept, byte for byte'),
        historyStart: Instant.describe('Where the history begins that later challengers may learn from: nothing is trained here'),
      })
      .optional()
      .describe(
        'Nothing is trained: a curve over the scores of the champion is fitted on the rows of the only challenger. Left out: train',
      ),
  })
  .meta({ id: 'TrainingSpec' });
export type TrainingSpec = z.infer<typeof TrainingSpec>;

/** Digest, range and size of the rows that one challenger was trained on. */
export const DatasetFacts = z
  .strictObject({
    range: Window,
    rows: z.int().nonnegative(),
    sampledFrom: z
      .int()
      .positive()
      .optional()
      .describe(
        'Rows of the range, with a label or without, of which training.maximumRows were drawn by hash of id; left out: all were read',
      ),
    positives: z.int().nonnegative(),
    quarantined: z.int().nonnegative(),
    digest: Digest.describe('SHA-256 over the ids, features and labels in order of id'),
  })
  .meta({ id: 'DatasetFacts' });
export type DatasetFacts = z.infer<typeof DatasetFacts>;
