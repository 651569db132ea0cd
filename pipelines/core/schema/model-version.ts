import { z } from 'zod';
import { Digest } from './digest.ts';
import { ModelName, VersionName } from './identifiers.ts';
import { Instant } from './instant.ts';

/** versions/<v>/version.json: what a version consists of, file by file. */
export const ModelVersion = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    version: VersionName,
    parent: VersionName.nullable().describe('The champion at the time'),
    createdAt: Instant.describe('asOf of the training spec'),
    trainedUntil: Instant.describe('End of the training range: rows after it were not trained on'),
    artifactDigest: Digest.describe('Digest over model.json and weights.bin'),
    files: z.record(z.string(), Digest).describe('Digest of every other file of the version folder, by name'),
  })
  .meta({ id: 'ModelVersion' });
export type ModelVersion = z.infer<typeof ModelVersion>;
