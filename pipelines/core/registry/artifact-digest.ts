import { digestBytes, digestValue } from '../digest/sha256.ts';
import type { Digest } from '../schema/digest.ts';

/** One digest for a model: over the digests of model.json and weights.bin. */
export function artifactDigest(modelJson: Uint8Array, weights: Uint8Array): Digest {
  return digestValue({ 'model.json': digestBytes(modelJson), 'weights.bin': digestBytes(weights) });
}
