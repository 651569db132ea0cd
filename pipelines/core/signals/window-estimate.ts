import type { PooledScores } from './pooled-scores.ts';
import type { WindowEvidence } from './signal-of.ts';

/** Scores that are missing or no probability: with more of them an estimate would speak of the rest only. */
export const MOST_UNREADABLE = 0.05;

/** What the pooled trailing windows probably are worth, before any of it is held against a promise. */
export interface WindowEstimate {
  readonly evidence: WindowEvidence;
  readonly pooled: PooledScores;
  readonly rows: number;
  readonly metrics: readonly {
    readonly metric: string;
    readonly value: number | null;
    readonly standardError: number | null;
    readonly why: string | null;
  }[];
  /** Why there is no figure at all. */
  readonly missing: string | null;
  /** Why the figures may not be trusted. */
  readonly doubt: string | null;
}
