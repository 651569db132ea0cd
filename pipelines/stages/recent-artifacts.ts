import { digestBytes } from '../core/digest/sha256.ts';
import type { Digest } from '../core/schema/digest.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';

/** More than the windows of a week of hours, and a week more of days. */
const KEPT = 256;

/** A store in memory of the bytes put last: enough for whoever pools the newest windows, and small over years of a replay. */
export function recentArtifacts(): ArtifactStore {
  const held = new Map<Digest, Uint8Array>();
  return {
    async put(bytes) {
      const digest = digestBytes(bytes);
      held.delete(digest);
      held.set(digest, bytes);
      const [oldest] = held.keys();
      if (held.size > KEPT && oldest !== undefined) held.delete(oldest);
      return digest;
    },
    get: async (digest) => held.get(digest) ?? null,
  };
}
