import type { GitHubEffect } from '../effects/github-effect.ts';

/** What became of one effect. */
export interface EffectOutcome {
  readonly kind: GitHubEffect['kind'];
  readonly key: string;
  /** `adopted`: an earlier run had made it; `blocked`: someone else's work stands in the way, nothing was touched. */
  readonly result: 'created' | 'adopted' | 'updated' | 'unchanged' | 'closed' | 'dispatched' | 'blocked';
  /** Of the issue or pull request. */
  readonly number: number | null;
  readonly runId: number | null;
  /** Incident or version that the outcome belongs to. */
  readonly subject: string | null;
  readonly settles: string | null;
}
