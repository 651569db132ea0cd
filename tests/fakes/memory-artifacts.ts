import { digestBytes } from '../../pipelines/core/digest/sha256.ts';
import type { ArtifactStore } from '../../pipelines/ports/artifact-store.ts';

/** An artifact store in memory. */
export class MemoryArtifacts implements ArtifactStore {
  readonly held = new Map<string, Uint8Array>();

  async put(bytes: Uint8Array): Promise<string> {
    const digest = digestBytes(bytes);
    this.held.set(digest, bytes);
    return digest;
  }

  async get(digest: string): Promise<Uint8Array | null> {
    return this.held.get(digest) ?? null;
  }
}
