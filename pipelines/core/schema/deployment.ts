import { z } from 'zod';
import { ModelName, VersionName } from './identifiers.ts';

/** models/<model>/deployment.yml: which version serves. Merging a change of this file is the promotion. */
export const Deployment = z
  .strictObject({
    schemaVersion: z.literal(1),
    model: ModelName,
    production: VersionName.describe('The champion: the version that serves'),
    fallback: VersionName.nullable().default(null).describe('The version that served before; where a rollback goes first'),
  })
  .meta({ id: 'Deployment', title: 'Holdfast deployment' });
export type Deployment = z.infer<typeof Deployment>;
