import type { Deployment } from '../core/schema/deployment.ts';
import type { ModelDefinition } from '../core/schema/model-definition.ts';

/** models/ of one commit or working tree: definitions, deployments and version folders. */
export interface ModelRepository {
  /** Names of the folders under models/ that hold a model.yml, sorted. */
  models(): Promise<readonly string[]>;
  definition(model: string): Promise<ModelDefinition>;
  /** null when the model was never deployed. */
  deployment(model: string): Promise<Deployment | null>;
  /** Names under versions/, by number ascending. */
  versions(model: string): Promise<readonly string[]>;
  /** Bytes of one file of a version folder; null when there is none. */
  versionFile(model: string, version: string, file: string): Promise<Uint8Array | null>;
}
