import { VersionName, versionNumber } from '../schema/identifiers.ts';

/** The name of the next version: one above the highest, so that a deleted number never comes back. Names of no version are left out. */
export function nextVersion(existing: readonly string[]): VersionName {
  const numbers = existing.filter((name) => VersionName.safeParse(name).success).map(versionNumber);
  return `v${Math.max(0, ...numbers) + 1}`;
}
