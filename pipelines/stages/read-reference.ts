import { ModelVersion } from '../core/schema/model-version.ts';
import { ReferenceProfile } from '../core/schema/reference-profile.ts';
import type { ModelRepository } from '../ports/model-repository.ts';
import { parseJson } from './parse-json.ts';

/** What the watcher needs of a version: its manifest and its reference, without the weights. */
export interface WatchedVersion {
  readonly championVersion: ModelVersion;
  readonly reference: ReferenceProfile;
}

/** Reads version.json and reference.json. Throws a UserError: VERSION_FILE_MISSING, VERSION_FILE_INVALID. */
export async function readReference(repository: ModelRepository, model: string, version: string): Promise<WatchedVersion> {
  const file = async (name: string) => (await repository.versionFile(model, version, name)) ?? undefined;
  const path = (name: string) => `models/${model}/versions/${version}/${name}`;
  return {
    championVersion: parseJson(ModelVersion, await file('version.json'), path('version.json')),
    reference: parseJson(ReferenceProfile, await file('reference.json'), path('reference.json')),
  };
}
