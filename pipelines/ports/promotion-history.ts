import type { Digest } from '../core/schema/digest.ts';

/** What has served, as the history of a branch tells it: nothing that a pull request changes before it is merged. */
export interface PromotionHistory {
  /** Digests of the artifacts with which a version went into production, newest first; null when the history is not there to read. */
  promoted(model: string, version: string): Promise<readonly Digest[] | null>;
}
