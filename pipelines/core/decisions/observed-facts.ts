import type { Digest } from '../schema/digest.ts';
import type { VersionName } from '../schema/identifiers.ts';
import type { Instant } from '../schema/instant.ts';
import type { AbandonedWork } from '../schema/model-state.ts';

/** How the version that deployment.yml names came to serve, as far as the code host knows. */
export interface PromotionFacts {
  readonly version: VersionName;
  readonly pullRequest: number | null;
  readonly mergeSha: string;
  readonly mergedBy: string;
  /** Simulated time of the merge (the clock of windows), never wall time. */
  readonly promotedAt: Instant;
  readonly evidence: Digest | null;
}

/** A retraining that ended without promotion: its gate failed, a person closed the pull request, or its runs could not be finished. */
export interface ClosedRetraining {
  readonly version: VersionName;
  readonly pullRequest: number | null;
  readonly evidence: Digest | null;
  /** Set when no run came to a judgement: the challenger was not refused. */
  readonly abandoned?: AbandonedWork;
}

/** What the outside world did since the last run. Data only; nothing here is a decision. */
export interface ObservedFacts {
  /** Set when the merge of the version that now serves is known; null otherwise. */
  readonly promotion: PromotionFacts | null;
  readonly closedRetraining: ClosedRetraining | null;
  /** Ids of incidents that a person muted (issue closed as not planned). */
  readonly muted: readonly string[];
}

export const NOTHING_OBSERVED: ObservedFacts = { promotion: null, closedRetraining: null, muted: [] };
