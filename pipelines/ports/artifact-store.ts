import type { Digest } from '../core/schema/digest.ts';

/** Bytes by digest: fine window profiles, weights over the size rule. */
export interface ArtifactStore {
  put(bytes: Uint8Array): Promise<Digest>;
  /** null when no such bytes are stored; an OutsideError when the stored bytes do not have this digest. */
  get(digest: Digest): Promise<Uint8Array | null>;
}
