import { z } from 'zod';

/** A model's name: also its folder under models/, part of branch and tag names, and an input of workflows. */
export const ModelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'use lower-case letters, digits and hyphens, at most 63')
  .meta({ id: 'ModelName' });
export type ModelName = z.infer<typeof ModelName>;

/** A version's name inside its model: v1, v2, ... */
export const VersionName = z
  .string()
  .regex(/^v[1-9]\d{0,5}$/, 'write a version as v1, v2, ...')
  .meta({ id: 'VersionName' });
export type VersionName = z.infer<typeof VersionName>;

/** The number in a version's name: 3 for v3. */
export function versionNumber(version: VersionName): number {
  return Number(version.slice(1));
}
