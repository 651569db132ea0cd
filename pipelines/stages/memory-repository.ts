import type { VersionFiles } from '../core/registry/version-manifest.ts';
import type { Deployment } from '../core/schema/deployment.ts';
import { versionNumber } from '../core/schema/identifiers.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';
import type { ModelRepository } from '../ports/model-repository.ts';

/** A registry of one model in memory: what git is to production, for a replay. */
export interface MemoryRepository extends ModelRepository {
  add(version: string, files: VersionFiles): void;
  deploy(deployment: Deployment): void;
}

/** An empty registry of one model, not deployed. */
export function openMemoryRepository(definition: ModelDefinition): MemoryRepository {
  const versions = new Map<string, VersionFiles>();
  let deployed: Deployment | null = null;
  return {
    models: async () => [definition.name],
    definition: async () => definition,
    deployment: async () => deployed,
    versions: async () => [...versions.keys()].sort((a, b) => versionNumber(a) - versionNumber(b)),
    versionFile: async (_model, version, file) => versions.get(version)?.[file] ?? null,
    add(version, files) {
      versions.set(version, files);
    },
    deploy(deployment) {
      deployed = deployment;
    },
  };
}
