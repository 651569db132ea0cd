import type { Deployment } from '../../pipelines/core/schema/deployment.ts';
import { VersionName, versionNumber } from '../../pipelines/core/schema/identifiers.ts';
import type { ModelDefinition } from '../../pipelines/core/schema/model-definition.ts';
import type { ModelRepository } from '../../pipelines/ports/model-repository.ts';

type Files = Readonly<Record<string, Uint8Array>>;

/** models/ of one model, in memory. Every change gives a new repository, as a commit would. */
export class MemoryRepository implements ModelRepository {
  readonly held: ModelDefinition;
  readonly production: string | null;
  readonly folders: Readonly<Record<string, Files>>;

  constructor(held: ModelDefinition, production: string | null = null, folders: Readonly<Record<string, Files>> = {}) {
    this.held = held;
    this.production = production;
    this.folders = folders;
  }

  withVersion(version: string, files: Files): MemoryRepository {
    return new MemoryRepository(this.held, this.production, { ...this.folders, [version]: files });
  }

  withFile(version: string, file: string, bytes: Uint8Array): MemoryRepository {
    return this.withVersion(version, { ...this.folders[version], [file]: bytes });
  }

  withProduction(version: string): MemoryRepository {
    return new MemoryRepository(this.held, version, this.folders);
  }

  withDefinition(definition: ModelDefinition): MemoryRepository {
    return new MemoryRepository(definition, this.production, this.folders);
  }

  async models(): Promise<string[]> {
    return [this.held.name];
  }

  async definition(): Promise<ModelDefinition> {
    return this.held;
  }

  async deployment(model: string): Promise<Deployment | null> {
    return this.production === null ? null : { schemaVersion: 1, model, production: this.production, fallback: null };
  }

  async versions(): Promise<string[]> {
    return Object.keys(this.folders)
      .filter((name) => VersionName.safeParse(name).success)
      .sort((a, b) => versionNumber(a) - versionNumber(b));
  }

  async versionFile(_model: string, version: string, file: string): Promise<Uint8Array | null> {
    return this.folders[version]?.[file] ?? null;
  }
}
